/**
 * The record as it stands on paper: its head, blank lines for what is never typed, and the case and decision as data.
 */

import { inWords } from "./dates.mjs";
import { el } from "./dom.mjs";

/** @typedef {import("./decision.mjs").Decision} Decision */
/** @typedef {import("./decision.mjs").CaseShown} CaseShown */

/**
 * The head of the printed record: what it is, of when, by which rules.
 *
 * @param {Decision} decision
 * @param {CaseShown} shown
 * @param {import("./decision.mjs").PageData} data
 */
export function recordHead(decision, shown, data) {
  return el("div", { class: "cse-only-print wizard-record-head" },
    el("p", {}, `Record of a screening. Area: ${data.areas[shown.area] ?? "not known"}. As of ${inWords(shown.asOf)}. Rules ${decision.rules.version}, ${decision.rules.sha256.slice(0, 12)}.`),
    blanks([["Child’s name", "Case number"], ["Completed by (name, role)", "Agency"]]));
}

/** Blank lines to sign on: names are never typed here. */
export function signature() {
  const table = blanks([["Signature", "Date"], ["Safeguarding lead", "Signature and date"]]);
  table.classList.add("cse-only-print");
  return table;
}

/** @param {string[][]} rows */
function blanks(rows) {
  return el("table", { class: "wizard-blanks" }, el("tbody", {}, ...rows.map((names) =>
    el("tr", {}, ...names.flatMap((name) => [el("th", { scope: "row" }, name), el("td", {})])))));
}

/**
 * The answers, and the case and decision as data.
 *
 * @param {Decision} decision
 * @param {CaseShown} shown
 */
export function recordData(decision, shown) {
  return el("div", { class: "wizard-record" },
    el("details", { class: "cse-details wizard-answers" }, el("summary", {}, "Your answers"), el("div", {}, ...shown.answers)),
    el("details", { class: "cse-details cse-no-print" }, el("summary", {}, "The case and the decision as data"),
      el("div", {},
        el("p", {}, `Rules ${decision.rules.version}, SHA-256 ${decision.rules.sha256}`),
        el("h4", {}, "Case"), el("pre", { id: "record-case", tabindex: "0" }, shown.caseText),
        el("h4", {}, "Decision"), el("pre", { id: "record-decision", tabindex: "0" }, shown.decisionText))));
}
