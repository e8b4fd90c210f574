/**
 * Keeping answers over a reload of the same tab, and nowhere else: the tab's session storage, which goes with the tab
 * and comes back where the browser reopens it. Only `forget` is certain.
 * Storage may be forbidden or full: then answers live in the page alone, and `keep` says so.
 */

import { HANDED_OVER } from "../records/record_file.mjs";

/** @typedef {import("./answers.mjs").Answers} Answers */

/** A practice case keeps its answers apart from those of a real one. */
const practised = new URLSearchParams(location.search).get("practice");
const KEY = practised === null ? "screening-answers" : `practice-answers-${practised}`;
/** The earlier record that a screening stands beside. */
const EARLIER = "screening-earlier-record";

/**
 * @param {Answers} answers
 * @returns {boolean} whether they were kept
 */
export function keep(answers) {
  try {
    if (Object.keys(answers).length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(answers));
    return true;
  } catch {
    return false;
  }
}

/**
 * @returns {Answers} empty where there is nothing, or nothing that can be read
 */
export function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return found && typeof found === "object" && !Array.isArray(found)
      ? Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === "string"))
      : {};
  } catch {
    return {};
  }
}

/**
 * Keep the earlier record beside which the child is screened again.
 *
 * @param {string} text
 */
export function keepEarlier(text) {
  try {
    sessionStorage.setItem(EARLIER, text);
  } catch {
    // It is shown as long as the page is open.
  }
}

/** @returns {string} the earlier record, "" where there is none; a practice case has none */
export function keptEarlier() {
  try {
    return practised === null ? sessionStorage.getItem(EARLIER) ?? "" : "";
  } catch {
    return "";
  }
}

/** Forget everything that was kept: of a practice case its own answers alone. */
export function forget() {
  try {
    sessionStorage.removeItem(KEY);
    if (practised === null) sessionStorage.removeItem(EARLIER);
    sessionStorage.removeItem(HANDED_OVER);
  } catch {
    // Nothing can have been kept either.
  }
}
