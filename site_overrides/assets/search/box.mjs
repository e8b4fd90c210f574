// The search box at the head of each page: results appear below it while typing. Enter goes to the search page, which also serves without this.

import { engineOf } from "./load.mjs";
import { element, hitList, ringFirst, summary } from "./view.mjs";

/** How many hits the box shows; the search page shows more. */
const BEST = 8;

/**
 * @param {HTMLInputElement} input the search field; its form is the place for the results
 * @param {string} root the site's start page as an address
 */
export function openBox(input, root) {
  const form = /** @type {HTMLFormElement} */ (input.form);
  const panel = element("div", "search-panel");
  panel.id = "search-panel";
  panel.hidden = true;
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", "Search results");
  const status = element("p", "search-status");
  status.setAttribute("role", "status");
  const body = element("div");
  panel.append(status, body);
  form.append(panel);
  input.setAttribute("aria-controls", panel.id);

  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let said;

  const close = () => {
    panel.hidden = true;
  };

  const show = async () => {
    const mine = ++asked;
    const query = input.value.trim();
    panel.hidden = false;
    let engine;
    try {
      engine = await engineOf(root);
    } catch {
      status.textContent = "The search could not be loaded. Press Enter to try again on the search page.";
      body.replaceChildren(ringFirst(root));
      return;
    }
    if (mine !== asked || panel.hidden) return;
    if (!query) {
      status.textContent = "Type your own words, an abbreviation or a paragraph number.";
      body.replaceChildren(ringFirst(root), suggestions(engine.suggest));
      return;
    }
    const answer = engine.search(query, { typing: true, limit: BEST });
    body.replaceChildren(...(answer.ring || !answer.hits.length ? [ringFirst(root)] : []), hitList(answer.hits, answer.terms, root));
    if (!answer.hits.length) body.append(suggestions(engine.suggest));
    else body.append(more(query));
    clearTimeout(said); // read aloud once the person pauses, not at each letter
    said = setTimeout(() => (status.textContent = summary(answer.hits.length, query, answer.corrected, answer.hits.length === BEST)), 300);
  };

  /** @param {string[]} list */
  const suggestions = (list) => {
    const box = element("ul", "hits");
    for (const text of list) {
      const item = element("li");
      const link = /** @type {HTMLAnchorElement} */ (element("a", "hit", text));
      link.href = address(text);
      item.append(link);
      box.append(item);
    }
    return box;
  };

  /** @param {string} query */
  const address = (query) => new URL(`search/?q=${encodeURIComponent(query)}`, root).href;

  /** @param {string} query */
  const more = (query) => {
    const link = /** @type {HTMLAnchorElement} */ (element("a", "hit", "All results"));
    link.href = address(query);
    return link;
  };

  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  form.addEventListener("keydown", (event) => {
    const links = [...panel.querySelectorAll("a")];
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      close();
      input.focus();
      close(); // focus opens it
    } else if (event.key === "ArrowDown" && !panel.hidden) {
      event.preventDefault();
      (links[at + 1] ?? links[0])?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? input).focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) setTimeout(() => form.contains(document.activeElement) || close(), 150);
  });
  if (document.activeElement === input) void show();
}
