/**
 * What the page says when the engine cannot work: plainly, with the way on without it and whom to ring.
 */

import { contactsOf } from "./contacts.mjs";
import { el } from "./dom.mjs";

/**
 * @param {string} reason in plain words, may be ""
 * @param {string} area the area's id, "" where none is chosen
 * @param {() => void} retry
 * @returns {HTMLElement}
 */
export function enginePanel(reason, area, retry) {
  const again = el("button", { type: "button", class: "cse-button" }, "Try again");
  again.addEventListener("click", retry);
  return el("div", { class: "cse-panel cse-panel--warning", role: "alert" },
    el("h2", {}, "The decision cannot be worked out just now"),
    el("p", {}, reason ? `${reason} ` : "", "Every answer you gave is kept. Try again, or continue without this page: print the questions, follow the paper route below, and talk to your safeguarding lead. If you are in doubt, ring:"),
    ...contactsOf(area || "not_known", area ? ["mash", "emergency-duty-team"] : ["mash"]),
    el("div", { class: "cse-actions" }, again,
      el("button", { type: "button", class: "cse-button cse-button--quiet", "data-print": "form" }, "Print the questions")));
}

/**
 * What stands on the decision page while there is no decision.
 *
 * @param {boolean} failed
 * @returns {HTMLElement[]}
 */
export function waiting(failed) {
  return [
    el("h2", { class: "wizard-heading", tabindex: "-1" }, "Decision"),
    el("p", { class: "wizard-waiting" }, failed
      ? "The decision cannot be worked out just now. Your answers are kept."
      : "Working out the decision. The first time this takes a few seconds."),
  ];
}
