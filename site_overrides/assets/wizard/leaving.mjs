/**
 * A warning before answers are lost: where they are in no record file that was saved. A link within the site loses none,
 * as the tab keeps them; Exit this page clears first, and is never held up.
 */

/** @typedef {import("./answers.mjs").Answers} Answers */

export class Leaving {
  /**
   * @param {() => Answers} answers
   * @param {() => boolean} kept whether the tab keeps them over a reload
   */
  constructor(answers, kept) {
    this.answers = answers;
    this.kept = kept;
    this.saved = "";
    this.within = false;
    addEventListener("beforeunload", (event) => {
      if (this.loses()) event.preventDefault();
    });
  }

  /** A record file holds the answers as they are now. */
  markSaved() {
    this.saved = JSON.stringify(this.answers());
  }

  /**
   * A click that may lead away.
   *
   * @param {Element | null} target
   */
  clicked(target) {
    const link = target?.closest("a");
    this.within = !!link && link.origin === location.origin && !link.target;
    setTimeout(() => {
      this.within = false;
    }, 2000);
  }

  /** Whether leaving now would lose answers. */
  loses() {
    const answers = this.answers();
    if (Object.keys(answers).length === 0 || (this.within && this.kept())) return false;
    const practice = document.documentElement.dataset["practice"] === "on";
    return !this.kept() || (!practice && this.saved !== JSON.stringify(answers));
  }
}
