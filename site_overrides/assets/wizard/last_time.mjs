/**
 * Screening again: an earlier record beside each question, and the comparison at the end.
 *
 * An old answer is shown, never given again: what was "no" then may not be so today. The one fact that is filled in is the
 * date of birth. All others can have changed: the child may have moved or come into care, an age in years grows, and
 * whoever answers now may be somebody else.
 */

import { comparisonShown } from "../records/comparison.mjs";
import { refused } from "../records/record_file.mjs";
import { nameOf, valueNamed } from "../records/words.mjs";
import { dayInWords, nowInEngland } from "./dates.mjs";
import { byId, el } from "./dom.mjs";

/** @typedef {import("./answers.mjs").Question} Question */
/** @typedef {import("../records/words.mjs").Labels} Labels */
/** @typedef {{[key: string]: unknown}} Data */

/**
 * A record as the engine opened it.
 *
 * @typedef {object} Opened
 * @property {string} made_at
 * @property {{name: string, role: string}} judged_by
 * @property {Data} case
 * @property {import("./decision.mjs").Decision} decision_then
 * @property {{id: string, text: string}[]} warnings
 */

/** The facts of a case that no time changes. */
const STAYS = ["child.date_of_birth"];

export class LastTime {
  /**
   * @param {Question[]} questions
   * @param {Labels} labels
   */
  constructor(questions, labels) {
    this.questions = questions;
    this.labels = labels;
    /** The record as it stands in its file, "" where there is none. */
    this.text = "";
    /** @type {Opened | null} */
    this.opened = null;
  }

  /**
   * Show an earlier record beside the questions.
   *
   * @param {string} text
   * @param {Opened} opened
   */
  show(text, opened) {
    this.forget();
    this.text = text;
    this.opened = opened;
    for (const question of this.questions) {
      const id = `last-${question.path.replaceAll(/[^a-z0-9]+/gi, "-")}`;
      const note = el("p", { class: "wizard-last", id }, el("b", {}, `Last time (${dayInWords(opened.made_at)}): `), this.said(question, opened.case));
      const { element } = question;
      (element.querySelector(":scope > .cse-hint") ?? element.querySelector("legend, label"))?.after(note);
      const described = element.matches("fieldset") ? element : element.querySelector("input, textarea");
      described?.setAttribute("aria-describedby", `${described.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
    }
  }

  /** Take the earlier record away. */
  forget() {
    this.text = "";
    this.opened = null;
    for (const note of document.querySelectorAll("#wizard-form .wizard-last")) {
      const described = document.querySelector(`[aria-describedby~="${CSS.escape(note.id)}"]`);
      const left = (described?.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== note.id).join(" ");
      if (left) described?.setAttribute("aria-describedby", left);
      else described?.removeAttribute("aria-describedby");
      note.remove();
    }
  }

  /**
   * What was answered last time, in words.
   *
   * @param {Question} question
   * @param {Data} answered the case
   */
  said({ path, kind }, answered) {
    const value = valueAt(answered, path);
    if (value === undefined || value === null || value === "") return "not known, or not answered.";
    if (kind !== "sign") return valueNamed(this.labels, path, value);
    const sign = /** @type {Data} */ (value);
    return ["seen", "when", "note"].filter((key) => sign[key]).map((key) => valueNamed(this.labels, `${path}.${key}`, sign[key])).join(". ");
  }

  /**
   * What may be filled in: the facts that stay, as the form holds them.
   *
   * @returns {import("./answers.mjs").Answers}
   */
  facts() {
    return Object.fromEntries(STAYS.flatMap((path) => {
      const value = valueAt(this.opened?.case ?? {}, path);
      return typeof value === "string" ? [[path, dayInWords(value)]] : [];
    }));
  }

  /** What is filled in, in words; "" where nothing is. */
  factsNamed() {
    return Object.keys(this.facts()).map((path) => nameOf(this.labels, path).toLowerCase()).join(", ");
  }

  /**
   * Set the result beside the earlier one.
   *
   * @param {import("./deciding.mjs").Deciding} deciding
   * @param {string} caseText
   * @param {string} judgedBy JSON
   * @param {(ids: string[]) => HTMLElement} cites
   */
  async compare(deciding, caseText, judgedBy, cites) {
    if (!this.text) return;
    const place = byId("compared");
    place.replaceChildren(el("p", { class: "wizard-waiting" }, "Being compared with last time."));
    try {
      const now = await deciding.call("record", caseText, judgedBy, nowInEngland());
      const found = JSON.parse(await deciding.call("compare", this.text, now));
      if (found.errors) throw refused(found.errors);
      place.replaceChildren(comparisonShown(found, this.labels, cites));
    } catch (reason) {
      const details = reason instanceof Error && "details" in reason && Array.isArray(reason.details) ? reason.details.join(" ") : "";
      place.replaceChildren(el("div", { class: "cse-panel cse-panel--warning" },
        el("p", {}, "The two screenings could not be compared just now. The decision above holds. Save this record: the tool for records compares the two later."),
        ...(details ? [el("p", { class: "cse-hint" }, details)] : [])));
    }
  }
}

/**
 * @param {Data} data
 * @param {string} path
 * @returns {unknown}
 */
export function valueAt(data, path) {
  return path.split(".").reduce((/** @type {unknown} */ found, key) => (found && typeof found === "object" ? /** @type {Data} */ (found)[key] : undefined), data);
}

/**
 * The answers of a case as the form holds them.
 *
 * @param {Data} answered the case
 * @param {Question[]} questions
 * @returns {import("./answers.mjs").Answers}
 */
export function answersOf(answered, questions) {
  /** @type {import("./answers.mjs").Answers} */
  const answers = {};
  for (const { path, kind } of questions) {
    const value = valueAt(answered, path);
    if (value === undefined || value === null || value === "") continue;
    if (kind === "sign") {
      for (const [key, part] of Object.entries(/** @type {Data} */ (value))) answers[`${path}.${key}`] = String(part);
    } else {
      answers[path] = kind === "birth" || kind === "day" ? dayInWords(String(value)) : String(value);
    }
  }
  return answers;
}
