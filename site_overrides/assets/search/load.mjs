// Fetches the search's index once, when somebody first wants to search, and makes the engine from it.

import { makeSearch } from "./ranking.mjs";

/** @typedef {ReturnType<typeof makeSearch> & { suggest: string[] }} Engine */

/** @type {Map<string, Promise<Engine>>} */
const engines = new Map();

/**
 * The engine of the site at `root` (its start page as an address). A failed fetch is tried again at the next call.
 * @param {string} root
 * @returns {Promise<Engine>}
 */
export function engineOf(root) {
  let engine = engines.get(root);
  if (!engine) {
    engine = fetch(new URL("assets/search-index.json", root))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`search index: ${answer.status}`))))
      .then((index) => ({ ...makeSearch(index), suggest: index.suggest }));
    engine.catch(() => engines.delete(root));
    engines.set(root, engine);
  }
  return engine;
}
