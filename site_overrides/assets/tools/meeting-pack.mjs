/** The meeting pack: a worksheet of which one pack is shown, and a record file that marks what its plan asks of the meeting. */

import { hold } from "../guard.mjs";
import { readRecordFile, RecordError } from "../records/record_file.mjs";
import { inWords } from "../wizard/dates.mjs";
import { byId, el } from "../wizard/dom.mjs";
import { say } from "./leaving.mjs";
import { forMeeting } from "./meeting_record.mjs";
import { startWorksheet } from "./worksheet.mjs";

/** @typedef {import("./meeting_record.mjs").MeetingRecord} Record */

const form = byId("tool-form");
const file = /** @type {HTMLInputElement} */ (byId("record-file"));
const said = byId("record-said");
/** @type {Record | null} */
let record = null;

/** The pack that was chosen. */
const chosen = () => /** @type {HTMLInputElement} */ (form.querySelector("[name=pack]:checked"));

/** Show the sections of the pack that was chosen. */
function showPack() {
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-section]"))) {
    const packs = section.dataset["packs"] ?? "";
    section.hidden = packs !== "" && !packs.split(" ").includes(chosen().value);
  }
}

/** Mark what the opened record says to each field, and take the marks of an earlier one away. */
function mark() {
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-from-action], [data-from-due], [data-from-status]"))) {
    const told = /** @type {HTMLElement} */ (field.querySelector("[data-told]"));
    const says = record ? toldOf(field, record) : "";
    told.textContent = says;
    told.hidden = !says;
  }
}

/**
 * What a record says to one field; a date goes into the field where it is empty.
 *
 * @param {HTMLElement} field
 * @param {Record} from
 * @returns {string} "" where it says nothing
 */
function toldOf(field, from) {
  const { fromAction, fromDue, fromStatus } = field.dataset;
  const named = fromDue?.split(" ") ?? [fromAction];
  const action = from.actions.find(({ id }) => named.includes(id));
  if (fromAction && action) return `From the record: ${action.what}`;
  if (fromDue && action?.when.due) {
    const input = /** @type {HTMLInputElement} */ (field.querySelector("input"));
    if (!input.value) input.value = action.when.due;
    return `From the record: ${inWords(action.when.due)}`;
  }
  if (fromStatus && fromStatus === from.status) return "From the record: this is true of the child.";
  return "";
}

/**
 * The plan of the record as a part of the pack.
 *
 * @param {Record} from
 * @returns {import("./sheet.mjs").Part}
 */
function planOf(from) {
  return {
    title: from.asOf ? `The plan in the record of ${inWords(from.asOf)}` : "The plan in the record", says: "", copied: true, lines: [],
    heads: ["What", "Who", "By when", "Paragraphs"], blanks: 0,
    rows: from.actions.map(({ what, who, when, sources }) => [what, who, when.due ? inWords(when.due) : when.rule, sources.join(", ")]),
  };
}

const takeIn = startWorksheet({
  changed: showPack,
  finish: (sheet) => ({ ...sheet, heading: chosen().dataset["heading"] ?? sheet.heading, parts: record ? [...sheet.parts, planOf(record)] : sheet.parts }),
  holds: () => record !== null,
  cleared: () => {
    record = null;
    said.replaceChildren();
    mark();
  },
});

// Without this a file of the same name, saved anew, could not be opened again.
file.addEventListener("click", () => {
  file.value = "";
});
file.addEventListener("change", async () => {
  const [opened] = file.files ?? [];
  if (!opened) return;
  try {
    record = forMeeting((await readRecordFile(opened)).record);
    mark();
    takeIn();
    const marked = form.querySelectorAll("[data-section]:not([hidden]) [data-told]:not([hidden])").length;
    hold();
    const says = `The record is open. ${marked === 0 ? "Its plan asks nothing special of this meeting." : `Marked below: ${marked}.`} Its whole plan is printed at the end of the pack.`;
    said.replaceChildren(el("p", { class: "cse-panel cse-panel--done tool-said" }, says));
    say(says);
  } catch (reason) {
    record = null;
    mark();
    takeIn();
    const says = reason instanceof RecordError ? reason.message : "This file could not be opened. Choose it again.";
    said.replaceChildren(el("p", { class: "cse-error", role: "alert" }, says));
  }
});
