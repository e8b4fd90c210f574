/**
 * An opened record in the wizard: screening again beside it, or going on with its answers.
 */

import { hold } from "../guard.mjs";
import { keepEarlier, keptEarlier } from "./keep.mjs";
import { answersOf, LastTime } from "./last_time.mjs";
import { inWords } from "./dates.mjs";
import { Opening } from "./opening.mjs";

/** @typedef {import("./last_time.mjs").Opened} Opened */

/**
 * What of the wizard is used here.
 *
 * @typedef {object} Wizard
 * @property {() => boolean} begun whether there are answers
 * @property {() => void} clear forget them
 * @property {(answers: import("./answers.mjs").Answers, page: string, said: string) => void} begin begin anew with others
 * @property {() => void} markSaved a record file holds the answers
 */

export class Again {
  /**
   * @param {import("./deciding.mjs").Deciding} deciding
   * @param {import("./answers.mjs").Question[]} questions
   * @param {import("../records/words.mjs").Labels} labels
   * @param {Wizard} wizard
   */
  constructor(deciding, questions, labels, wizard) {
    this.deciding = deciding;
    this.questions = questions;
    this.wizard = wizard;
    this.lastTime = new LastTime(questions, labels);
    this.opening = new Opening(deciding, labels, {
      begun: wizard.begun,
      again: (text, opened) => this.screenAgain(text, opened),
      goOn: (opened) => this.goOn(opened),
    });
  }

  /**
   * Screen again beside an earlier record. Of its answers the facts that stay are filled in, and no other.
   *
   * @param {string} text
   * @param {Opened} opened
   */
  screenAgain(text, opened) {
    this.wizard.clear();
    this.lastTime.show(text, opened);
    keepEarlier(text);
    const facts = this.lastTime.factsNamed();
    const filled = facts ? `Filled in already: ${facts}.` : "Nothing is filled in.";
    this.wizard.begin(this.lastTime.facts(), "danger", `Screening again. Last time’s answers (${inWords(opened.made_at)}) are shown beside the questions. Answer as things are today. ${filled}`);
  }

  /** @param {Opened} opened */
  goOn(opened) {
    this.wizard.clear();
    this.wizard.begin(answersOf(opened.case, this.questions), "check", "The answers of the record are back.");
    this.wizard.markSaved();
  }

  /** After a reload of the tab: show the earlier record beside the questions once more. */
  async restore() {
    const text = keptEarlier();
    if (!text) return;
    try {
      const opened = JSON.parse(await this.deciding.call("open_record", text));
      if (!opened.case) return;
      hold(); // the questions move
      this.lastTime.show(text, opened);
    } catch {
      // The engine failed, and says so itself.
    }
  }
}
