/**
 * The parts of a result, listed after its first action: a plan with its reasons is many screens long on a phone.
 */

import { hold } from "../guard.mjs";
import { el, list } from "./dom.mjs";

/** Parts that are filled in after the result is shown, by id. @type {Record<string, string>} */
const FILLED_LATER = { "what-if": "What would change this", "taking-away": "To take away" };

/**
 * Links to every part that stands open on the screen after the first action. They move the focus, and leave the address and
 * the browser's history to the journey.
 *
 * @param {HTMLElement} body the result
 * @returns {HTMLElement}
 */
export function jumpsTo(body) {
  const parts = /** @type {HTMLElement[]} */ ([...body.querySelectorAll("h3, #what-if, #taking-away")]);
  const links = parts.filter((part) => !part.closest("details, .cse-only-print")).slice(1).map((part) => {
    const link = el("button", { type: "button", class: "cse-link-button" }, FILLED_LATER[part.id] ?? part.textContent ?? "");
    link.addEventListener("click", () => moveTo(part));
    return link;
  });
  return el("nav", { class: "wizard-jumps cse-no-print", "aria-labelledby": "wizard-jumps-title" },
    el("p", { id: "wizard-jumps-title" }, "Also in this result"), list(links));
}

/** @param {HTMLElement} part */
function moveTo(part) {
  const heading = part.querySelector("h3") ?? part;
  hold();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}
