/**
 * The journey: which page comes next, and one entry in the browser's history for each page that was opened.
 */

import { applies, given } from "./answers.mjs";

/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./answers.mjs").Question} Question */

/**
 * A page that was opened: `back` is where Continue returns to after a change, "" where it goes on; `needed` are the pages
 * that the change made necessary, still to be asked before that.
 *
 * @typedef {{page: string, index: number, back: string, needed: string[]}} Place
 */

const CHECK = "check";
const DECISION = "decision";

/**
 * The pages that apply, in order; check and decision always do.
 *
 * @param {HTMLElement[]} pages
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @returns {string[]} ids
 */
export function pagesThatApply(pages, questions, answers, band) {
  return pages
    .map((page) => page.id)
    .filter((id) => id === CHECK || id === DECISION || questions.some((q) => q.page === id && applies(q, answers, band)));
}

/**
 * Where Continue leads: the next page; after a change the pages that it made necessary, and then back.
 *
 * @param {string[]} open the pages that apply, in order
 * @param {Place} place
 * @param {string[]} lackedBefore the pages that lacked an answer when this one was opened
 * @param {string[]} lacking the pages that lack one now
 * @returns {{page: string, back: string, needed: string[]}}
 */
export function pageAfter(open, place, lackedBefore, lacking) {
  const later = open.slice(open.indexOf(place.page) + 1);
  if (place.back !== CHECK) return { page: later[0] ?? DECISION, back: "", needed: [] };
  const needed = lacking.filter((page) => place.needed.includes(page) || !lackedBefore.includes(page));
  const [next, ...rest] = needed;
  return next ? { page: next, back: CHECK, needed: rest } : { page: CHECK, back: "", needed: [] };
}

/**
 * @param {string[]} open
 * @param {string} page
 * @returns {string} the page before, or the first
 */
export function pageBefore(open, page) {
  return open[Math.max(0, open.indexOf(page) - 1)] ?? "danger";
}

/**
 * Whether a page still lacks an answer that it asks for.
 *
 * @param {string} page
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @returns {boolean}
 */
export function lacksAnswer(page, questions, answers, band) {
  return questions.some((q) => q.page === page && q.required && applies(q, answers, band) && !given(q, answers, band));
}

/** The browser's history, as far as it is ours. */
export class Journey {
  /** @param {(place: Place, moved: boolean) => void} show what opens a page; `moved` unless it is the first */
  constructor(show) {
    this.show = show;
    /** @type {Place} */
    this.place = { page: "", index: 0, back: "", needed: [] };
    addEventListener("popstate", (event) => this.returned(event.state));
  }

  /** Open the page that the address names, or the first. */
  start() {
    const state = readPlace(history.state);
    this.place = state ?? { page: pageInAddress() || "danger", index: 0, back: "", needed: [] };
    if (state && pageInAddress() && pageInAddress() !== state.page) this.place = { ...state, page: pageInAddress(), back: "", needed: [] };
    history.replaceState(this.place, "");
    this.show(this.place, location.hash !== "");
  }

  /**
   * Open another page, with an entry of its own.
   *
   * @param {string} page
   * @param {string} [back]
   * @param {string[]} [needed]
   */
  go(page, back = "", needed = []) {
    if (page === this.place.page) return;
    this.place = { page, index: this.place.index + 1, back, needed };
    history.pushState(this.place, "", `#${page}`);
    this.show(this.place, true);
  }

  /**
   * Show another page in place of this one, without an entry of its own.
   *
   * @param {string} page
   */
  instead(page) {
    this.place = { ...this.place, page, back: "", needed: [] };
    history.replaceState(this.place, "", `#${page}`);
    this.show(this.place, true);
  }

  /**
   * One page back: as the browser does where we opened the page, else the page before in the journey.
   *
   * @param {string} before
   */
  back(before) {
    if (this.place.index > 0) history.back();
    else this.instead(before);
  }

  /** @param {unknown} state */
  returned(state) {
    const place = readPlace(state);
    if (!place && !pageInAddress()) return; // a jump inside the page, such as the skip link
    this.place = place ?? { page: pageInAddress(), index: this.place.index + 1, back: "", needed: [] };
    if (!place) history.replaceState(this.place, "");
    this.show(this.place, true);
  }
}

/** @returns {string} the page named after the #, "" where it is none of ours */
function pageInAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  return document.getElementById(id)?.matches("[data-page]") ? id : "";
}

/**
 * @param {unknown} state
 * @returns {Place | null}
 */
function readPlace(state) {
  if (!state || typeof state !== "object" || !("page" in state) || !("index" in state)) return null;
  const { page, index } = state;
  const back = "back" in state && state.back === CHECK ? CHECK : "";
  const needed = "needed" in state && Array.isArray(state.needed) ? state.needed.filter((one) => typeof one === "string") : [];
  return typeof page === "string" && typeof index === "number" ? { page, index, back, needed } : null;
}
