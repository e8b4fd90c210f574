/**
 * Opening a record: a file is chosen, the engine looks at it, and the person says what it is for. Nothing is replaced
 * before that.
 */

import { hold } from "../guard.mjs";
import { HANDED_OVER, readRecordFile, RecordError, refused } from "../records/record_file.mjs";
import { outcomeNamed, routeNamed } from "../records/words.mjs";
import { inWords, nowInEngland } from "./dates.mjs";
import { byId, el, list } from "./dom.mjs";
import { PRACTICE } from "./plain_text.mjs";

/** @typedef {import("./last_time.mjs").Opened} Opened */

/**
 * What becomes of a record.
 *
 * @typedef {object} Uses
 * @property {() => boolean} begun whether there are answers that would be replaced
 * @property {(text: string, opened: Opened) => void} again screen again beside it
 * @property {(opened: Opened) => void} goOn go on with its answers
 */

export class Opening {
  /**
   * @param {import("./deciding.mjs").Deciding} deciding
   * @param {import("../records/words.mjs").Labels} labels
   * @param {Uses} uses
   */
  constructor(deciding, labels, uses) {
    this.deciding = deciding;
    this.labels = labels;
    this.uses = uses;
    const input = this.input = /** @type {HTMLInputElement} */ (byId("open-record"));
    this.dialog = /** @type {HTMLDialogElement} */ (byId("open-dialog"));
    this.dialog.addEventListener("close", () => hold());
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      input.value = ""; // the same file may be chosen again
      if (file) void this.look(() => readRecordFile(file).then(({ text }) => text));
    });
  }

  /** Let a file be chosen. */
  choose() {
    this.input.click();
  }

  /** Take the record that the tool for records handed over, if there is one; it is gone from the tab's storage then. */
  takeOver() {
    try {
      const text = sessionStorage.getItem(HANDED_OVER);
      sessionStorage.removeItem(HANDED_OVER);
      if (text) void this.look(async () => text);
      else this.refuse("No record was handed over. Open the record file here.", []);
    } catch {
      this.refuse("This browser does not let the page take the record over. Open the record file here.", []);
    }
  }

  /**
   * Look at a record and ask what it is for.
   *
   * @param {() => Promise<string>} read
   */
  async look(read) {
    this.fill("Open a record", [el("p", { class: "wizard-waiting" }, "Being opened.")], [this.closing("Cancel")]);
    try {
      const text = await read();
      const answer = JSON.parse(await this.deciding.call("open_record", text));
      if (answer.errors) throw refused(answer.errors);
      if (!this.dialog.open) return; // cancelled meanwhile
      if (answer.judged_by?.role === PRACTICE) this.refuse("This is a record from practice, not of a real case. Choose another file.", []);
      else this.ask(text, answer);
    } catch (reason) {
      if (reason instanceof RecordError) this.refuse(reason.message, reason.details);
      else this.refuse("The record cannot be opened just now. Your answers are kept. Try again in a moment.", []);
    }
  }

  /**
   * @param {string} text
   * @param {Opened} opened
   */
  ask(text, opened) {
    const { made_at: made, decision_then: then, judged_by: judge } = opened;
    const today = made.slice(0, 10) === nowInEngland().slice(0, 10);
    const said = [
      el("p", {}, `Made on ${inWords(made)}${judge.name ? ` by ${[judge.name, judge.role].filter(Boolean).join(", ")}` : ""}.`),
      el("p", {}, "Decided then: ", el("b", {}, routeNamed(this.labels, then.route)), `. Outcome: ${outcomeNamed(this.labels, then.outcome.final)}.`),
      ...(opened.warnings.length > 0 ? [list(opened.warnings.map((warning) => warning.text))] : []),
      el("p", {}, el("b", {}, "Screen again: "), "a new screening, with last time’s answer beside each question. Only the date of birth is filled in: what was no then may not be so now."),
      ...(today ? [el("p", {}, el("b", {}, "Continue: "), "the answers come back as they were, since the record is from today.")] : []),
      ...(this.uses.begun() ? [el("p", { class: "cse-error" }, "Your answers on this page are deleted first. If you need them, cancel and save a record of them.")] : []),
    ];
    const again = this.button("Screen again", "again", "cse-button", () => this.uses.again(text, opened));
    const goOn = this.button("Continue with its answers", "go-on", "cse-button cse-button--quiet", () => this.uses.goOn(opened));
    this.fill("Open this record?", said, [again, ...(today ? [goOn] : []), this.closing("Cancel")]);
  }

  /**
   * @param {string} why
   * @param {string[]} details
   */
  refuse(why, details) {
    const more = details.length > 0 ? [el("details", { class: "cse-details" }, el("summary", {}, "What is wrong"), list(details))] : [];
    this.fill("This record is not opened", [el("p", { class: "cse-error", role: "alert" }, why), el("p", {}, "Nothing on this page has changed."), ...more], [
      this.button("Choose another file", "other", "cse-button", () => this.choose()), this.closing("Close")]);
  }

  /**
   * @param {string} title
   * @param {HTMLElement[]} body
   * @param {HTMLElement[]} actions
   */
  fill(title, body, actions) {
    byId("open-title").textContent = title;
    byId("open-body").replaceChildren(...body);
    byId("open-actions").replaceChildren(...actions);
    hold();
    if (!this.dialog.open) this.dialog.showModal();
    byId("open-title").focus();
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {string} look
   * @param {() => void} act
   */
  button(name, id, look, act) {
    const made = el("button", { type: "button", class: look, "data-opened": id }, name);
    made.addEventListener("click", () => {
      this.dialog.close();
      act();
    });
    return made;
  }

  /** @param {string} name */
  closing(name) {
    return this.button(name, "close", "cse-button cse-button--quiet", () => {});
  }
}
