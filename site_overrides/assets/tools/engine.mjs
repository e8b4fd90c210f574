/**
 * The engine for a tool: loaded when the page opens, its failure told in the page with a button to try again.
 */

import { hold } from "../guard.mjs";
import { byId, el } from "../wizard/dom.mjs";
import { say } from "./leaving.mjs";

/** @typedef {ReturnType<typeof import("../engine/client.mjs").createEngine>} Engine */

/**
 * @param {{title: string, instead: string, ready: () => void}} tool what cannot be done without the engine, what to do
 *   instead, and what to do once it is ready
 * @returns {{current: () => Engine | null, another: (rules: string) => Promise<Engine>, fail: () => void}} the engine
 *   once its script has loaded; another one, for published rules by their SHA-256; and how to tell that a call failed
 */
export function startEngine({ title, instead, ready }) {
  /** @type {Engine | null} */
  let engine = null;
  let attempts = 0;

  /** @returns {Promise<typeof import("../engine/client.mjs")>} */
  async function client() {
    // A module that failed to load is remembered by its address, so a new attempt needs a new one.
    const address = new URL("client.mjs", new URL(byId("tool").dataset["engineBase"] ?? "", location.href));
    if (attempts > 1) address.searchParams.set("attempt", String(attempts));
    return import(address.href);
  }

  async function load() {
    state("loading");
    if (engine) {
      if (engine.state === "failed") engine.retry();
      else state(engine.state);
      return;
    }
    attempts += 1;
    try {
      engine = (await client()).createEngine();
      engine.onState((now, failure) => state(now, failure?.message));
    } catch {
      state("failed");
    }
  }

  /**
   * @param {"loading" | "ready" | "failed"} now
   * @param {string} [reason]
   */
  function state(now, reason = "") {
    document.documentElement.dataset["engine"] = now;
    const notice = byId("tool-engine");
    notice.hidden = now !== "failed";
    if (now === "ready") ready();
    if (now !== "failed") return;
    hold();
    const again = el("button", { type: "button", class: "cse-button" }, "Try again");
    again.addEventListener("click", () => {
      say("Trying again.");
      void load();
    });
    notice.replaceChildren(el("div", { class: "cse-panel cse-panel--warning", role: "alert" },
      el("h2", {}, title),
      el("p", {}, `${reason} ${instead}`.trim()),
      el("div", { class: "cse-actions" }, again)));
  }

  void load();
  return {
    current: () => engine,
    another: async (rules) => (await client()).createEngine({ rules }),
    fail: () => state("failed"),
  };
}
