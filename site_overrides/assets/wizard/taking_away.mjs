/**
 * To take away: print, save a record, the dates for a calendar, the text for a case system. Nothing is kept or sent.
 */

import { hold } from "../guard.mjs";
import { saveRecord } from "../records/record_file.mjs";
import { nowInEngland } from "./dates.mjs";
import { byId, el } from "./dom.mjs";
import { plainText, PRACTICE } from "./plain_text.mjs";

/** @typedef {import("./decision.mjs").Decision} Decision */

/**
 * What is taken away.
 *
 * @typedef {object} Result
 * @property {Decision} decision
 * @property {import("./decision.mjs").CaseShown} shown
 * @property {import("./decision.mjs").PageData} data
 */

const practice = () => document.documentElement.dataset["practice"] === "on";
/** Who judged, if they wished to say; kept while this page is open. */
const judge = { name: "", role: "" };

/** Forget who judged. */
export function forgetJudge() {
  Object.assign(judge, { name: "", role: "" });
}

/**
 * Who judged, as the record holds it. A practice record says that it is one.
 *
 * @returns {string} JSON
 */
export const judgedBy = () => JSON.stringify(practice() ? { name: PRACTICE, role: PRACTICE } : judge);

/**
 * Offer what can be taken away.
 *
 * @param {Result} result
 * @param {import("./deciding.mjs").Deciding} deciding
 * @param {() => void} saved called when a record was saved
 * @param {(text: string) => void} announce
 */
export function offer(result, deciding, saved, announce) {
  const place = byId("taking-away");
  const status = el("p", { class: "wizard-said" });
  const box = /** @type {HTMLTextAreaElement} */ (el("textarea", { class: "cse-textarea wizard-plain", id: "plain-text", readonly: true, rows: "12", "aria-label": "The result as plain text", hidden: true, form: "" }));
  /** @param {string} text */
  const say = (text) => {
    status.textContent = text;
    announce(text);
  };
  /** @type {[string, string, () => Promise<void>][]} */
  const ways = [["save", "Save a record", () => save(result, deciding, saved, say)], ["copy", "Copy as plain text", () => copy(result, box, say)]];
  if (result.decision.actions.some(({ when }) => when.due)) ways.push(["calendar", "Save the dates as a calendar file", () => saveDates(result, deciding, say)]);
  place.replaceChildren(
    el("h3", { class: "wizard-part", id: "taking-away-title" }, "To take away"),
    el("p", {}, "This page keeps nothing. Print the record and add names by hand, or save it as a file. Keep both as your agency keeps records about children."),
    el("div", { class: "cse-actions" },
      el("button", { type: "button", class: "cse-button", "data-print": "" }, "Print this record"),
      ...ways.map(([id, name, act]) => {
        const button = el("button", { type: "button", class: "cse-button cse-button--quiet", "data-take": id }, name);
        button.addEventListener("click", () => void act());
        return button;
      })),
    status, box,
    ...(practice() ? [] : [whoJudged()]),
    el("div", { class: "cse-actions" },
      el("a", { href: "#check", "data-go": "check" }, "Change your answers"),
      ...(practice() ? [] : [el("button", { type: "button", class: "cse-link-button", "data-open": "" }, "Open a record")])));
}

/** Fields for who judged: no answers of the case, so the form is not told of them. */
function whoJudged() {
  const fields = /** @type {["name" | "role", string][]} */ ([["name", "Your name"], ["role", "Your role"]]).map(([key, label]) => {
    const input = /** @type {HTMLInputElement} */ (el("input", { class: "cse-input", id: `judged-by-${key}`, form: "", maxlength: "200", autocomplete: "off" }));
    input.value = judge[key];
    for (const kind of ["input", "change"]) {
      input.addEventListener(kind, (event) => {
        event.stopPropagation();
        judge[key] = input.value.trim();
      });
    }
    return el("div", { class: "cse-group" }, el("label", { class: "cse-label", for: input.id }, label), input);
  });
  return el("details", { class: "cse-details" }, el("summary", {}, "Put your own name into the record file"),
    el("div", {}, el("p", {}, "Only if you wish. Never the child’s name."), ...fields));
}

/**
 * The day and hour in a file's name, and whether it is practice.
 *
 * @param {string} name
 * @param {string} moment YYYY-MM-DDTHH:MM
 * @param {string} ending
 */
const fileName = (name, moment, ending) => `${practice() ? "practice-" : ""}${name}-${moment.replace("T", "-").replace(":", "")}.${ending}`;

/**
 * @param {Result} result
 * @param {import("./deciding.mjs").Deciding} deciding
 * @param {() => void} saved
 * @param {(text: string) => void} say
 */
async function save({ shown }, deciding, saved, say) {
  try {
    const made = nowInEngland();
    const text = await deciding.call("record", shown.caseText, judgedBy(), made);
    if (JSON.parse(text).errors) throw new Error("The engine refused the case.");
    const name = fileName("screening-record", made, "json");
    saveRecord(text, name);
    saved();
    say(`The record is saved as ${name}, where your browser keeps downloads.`);
  } catch {
    say("The record could not be made just now. Your answers are kept. Print the record, or try again.");
  }
}

/**
 * @param {Result} result
 * @param {import("./deciding.mjs").Deciding} deciding
 * @param {(text: string) => void} say
 */
async function saveDates({ shown }, deciding, say) {
  try {
    const calendar = await deciding.call("calendar", shown.caseText);
    if (!calendar.startsWith("BEGIN:VCALENDAR")) throw new Error("The plan has no date.");
    const name = fileName("screening-dates", shown.asOf, "ics");
    const address = URL.createObjectURL(new Blob([practice() ? marked(calendar) : calendar], { type: "text/calendar" }));
    el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    say(`The dates are saved as ${name}. The file says nothing about the child.`);
  } catch {
    say("The calendar file could not be made just now. You can find the dates in the plan above.");
  }
}

/**
 * A calendar from practice: each event says so, and takes the place of no real one. A line may go on in the next one
 * after a space, so the mark stands on a line of its own and no line grows.
 *
 * @param {string} calendar
 */
function marked(calendar) {
  return calendar.replaceAll("\r\nSUMMARY:", `\r\nSUMMARY:${PRACTICE} \r\n `).replaceAll("\r\nDESCRIPTION:", `\r\nDESCRIPTION:${PRACTICE}\\n\r\n `).replaceAll("\r\nUID:", "\r\nUID:practice-");
}

/**
 * @param {Result} result
 * @param {HTMLTextAreaElement} box where the clipboard is refused, the text stands here, selected
 * @param {(text: string) => void} say
 */
async function copy({ decision, shown, data }, box, say) {
  const text = plainText(decision, shown, data, practice());
  try {
    await navigator.clipboard.writeText(text);
    box.hidden = true;
    say("Copied. Paste it into your case system.");
  } catch {
    box.value = text;
    box.hidden = false;
    hold();
    box.focus();
    box.select();
    say("This browser does not let the page copy. The text is selected below: copy it with your keyboard or menu.");
  }
}
