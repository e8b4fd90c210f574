/**
 * Leaving a tool: clear everything, exit this page, and a warning before what was typed is lost. Nothing is kept anywhere.
 */

import { hold } from "../guard.mjs";
import { byId } from "../wizard/dom.mjs";

/**
 * Set up the buttons of the bar at the head of a tool.
 *
 * @param {{filled: () => boolean, clear: () => void, warn?: boolean}} tool whether anything was typed or opened, how to
 *   forget it, and whether leaving loses it (what was only opened from a file is not lost)
 * @returns {() => void} to be called after each change: shows Clear everything once there is something to clear
 */
export function setUpLeaving({ filled, clear, warn = true }) {
  const root = byId("tool");
  const dialog = /** @type {HTMLDialogElement} */ (byId("clear-dialog"));
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("[data-clear]"));
  const show = () => {
    button.hidden = !filled();
  };
  button.addEventListener("click", () => {
    hold();
    dialog.showModal();
  });
  dialog.addEventListener("close", () => hold());
  dialog.querySelector("[data-clear-no]")?.addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-clear-yes]")?.addEventListener("click", () => {
    dialog.close();
    clear();
    show();
    say("Everything is cleared.");
    const first = /** @type {HTMLElement | null} */ (root.querySelector("form input:not([hidden]), form textarea"));
    first?.focus();
  });
  root.querySelector("[data-exit]")?.addEventListener("click", (event) => {
    event.preventDefault();
    clear();
    location.replace("about:blank"); // nothing that tells what was on the screen
  });
  addEventListener("beforeunload", (event) => {
    if (warn && filled()) event.preventDefault();
  });
  for (const made of root.querySelectorAll(".tool-script:not(#tool-engine, #limits)")) made.removeAttribute("hidden");
  document.documentElement.dataset["tool"] = "on";
  show();
  return show;
}

/** @param {string} text what a screen reader says next */
export function say(text) {
  byId("tool-status").textContent = text;
}
