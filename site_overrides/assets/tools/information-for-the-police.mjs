/** The report to the police: a worksheet with reminders, shown as one goes along and read aloud when a field is left. */

import { readDay } from "../wizard/dates.mjs";
import { byId, el, list } from "../wizard/dom.mjs";
import { say } from "./leaving.mjs";
import { remindersOf } from "./reminders.mjs";
import { anythingIn, plain } from "./sheet.mjs";
import { startWorksheet } from "./worksheet.mjs";

/** @typedef {import("./reminders.mjs").Reminder} Reminder */

/** The reminders on the page. @type {Reminder[] | null} */
let shown = null;

/**
 * @param {HTMLFormElement} form
 * @returns {import("./reminders.mjs").Typed[]}
 */
function typedIn(form) {
  return [...form.querySelectorAll("[data-check]")].map((field) => {
    const control = /** @type {HTMLInputElement} */ (field.querySelector("input, textarea"));
    const section = /** @type {HTMLElement} */ (field.closest("[data-section]"));
    const entry = field.closest("[data-entry]");
    const place = plain(entry?.querySelector("[data-entry-name]")?.textContent ?? section.querySelector("h2")?.textContent);
    return {
      id: control.id, kind: field.getAttribute("data-check") ?? "", section: section.id, entry: control.name.replace(/\.[^.]+$/, ""),
      label: plain(field.querySelector(".cse-label")?.textContent), place, value: control.value.trim(),
    };
  });
}

/**
 * Show the reminders.
 *
 * @param {HTMLFormElement} form
 * @returns {Reminder[]} those that came up now
 */
function remind(form) {
  const found = remindersOf(typedIn(form), anythingIn(form), (text) => readDay(text) !== null);
  const before = shown ?? [];
  // Shown anew only where they changed: leaving a field must not take away the link that is being pressed.
  if (shown && found.map(({ says }) => says).join() === before.map(({ says }) => says).join()) return [];
  const lines = found.map((reminder) => (reminder.id ? el("a", { href: `#${reminder.id}`, "data-field-of": reminder.id }, reminder.says) : reminder.says));
  byId("tool-reminders").replaceChildren(el("div", { class: `cse-panel cse-panel--${found.length > 0 ? "warning" : "done"}` },
    ...(found.length > 0
      ? [el("h3", {}, "Look at these again"), list(lines), el("p", { class: "cse-hint" }, "These only remind. You decide what to send.")]
      : [el("p", {}, "No reminders. Read it through once more before you send it.")])));
  shown = found;
  return found.filter((reminder) => !before.some(({ says }) => says === reminder.says));
}

byId("tool-reminders").addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("[data-field-of]") : null;
  if (!link) return;
  event.preventDefault();
  const field = byId(link.getAttribute("data-field-of") ?? "");
  field.focus();
  field.scrollIntoView({ block: "center" });
});

/** What came up since a field was last left: read aloud then, not at each letter. @type {string[]} */
let unsaid = [];

startWorksheet({
  changed: (form) => {
    unsaid.push(...remind(form).map((reminder) => reminder.says));
  },
});
unsaid = [];

byId("tool-form").addEventListener("change", () => {
  const still = unsaid.filter((says) => shown?.some((reminder) => reminder.says === says));
  if (still.length > 0) say(still.join(" "));
  unsaid = [];
});
