/**
 * Answers shown back: on the check page with links to change them, and in the printed record without.
 */

import { answered, applies, counts, given } from "./answers.mjs";
import { dayInWords, inWords, readDay } from "./dates.mjs";
import { el, list } from "./dom.mjs";

/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./answers.mjs").Question} Question */

/**
 * All answers, page by page. With `change`, each has a link to change it.
 *
 * @param {HTMLElement[]} pages
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @param {{change: boolean}} options
 * @returns {HTMLElement[]}
 */
export function answersShown(pages, questions, answers, band, { change }) {
  return pages.flatMap((page) => {
    const own = questions.filter((question) => question.page === page.id && applies(question, answers, band));
    if (own.length === 0) return [];
    const title = page.dataset["title"] ?? "";
    const rows = own[0]?.kind === "sign" ? signRows(own, answers) : eitherRows(page, own, answers) ?? own.map((q) => [q.short, given(q, answers, band) ? inText(q, answers) : lackingText(q)]);
    const shown = rows.map(([name, value]) =>
      el("div", {}, el("dt", {}, name ?? ""), el("dd", {}, value ?? ""), change ? changeLink(page.id, name ?? "") : ""));
    return [el("h3", {}, title), el("dl", { class: "cse-summary" }, ...shown)];
  });
}

/**
 * Where one answer of several is enough, the one that was given.
 *
 * @param {HTMLElement} page
 * @param {Question[]} own
 * @param {Answers} answers
 * @returns {string[][] | null} null where the page is not of that kind
 */
function eitherRows(page, own, answers) {
  if (!page.querySelector("[data-either]")) return null;
  const given = own.filter((question) => answered(question, answers));
  if (given.length > 0) return given.map((question) => [question.short, inText(question, answers)]);
  return [[page.dataset["title"] ?? "", `${page.id}.not_known` in answers ? "Not known" : "Not answered: counts as not known"]];
}

/**
 * Signs: what was seen in full, one row a sign; the others by name, never by number.
 *
 * @param {Question[]} signs
 * @param {Answers} answers
 * @returns {string[][]}
 */
function signRows(signs, answers) {
  /** @param {(string | undefined)[]} values */
  const having = (...values) => signs.filter((sign) => values.includes(answers[`${sign.path}.seen`]));
  const rows = having("evidence", "suspected").map((sign) => [sign.short, inText(sign, answers)]);
  /** @type {[string, Question[]][]} */
  const others = [["Not seen", having("not_seen")], ["Not known", having("not_known")], ["Not answered: counts as not known", having(undefined)]];
  for (const [name, found] of others) {
    if (found.length > 0) rows.push([name, found.map((sign) => sign.short).join("\n")]);
  }
  return rows;
}

/**
 * What stands where an answer is missing.
 *
 * @param {Question} question
 * @returns {string}
 */
function lackingText(question) {
  return question.required || question.kind === "sign" ? "Not answered: counts as not known" : "Not given";
}

/**
 * An answer in words.
 *
 * @param {Question} question
 * @param {Answers} answers
 * @returns {string}
 */
export function inText(question, answers) {
  if (!answered(question, answers)) return lackingText(question);
  if (question.kind === "sign") {
    const parts = ["seen", "when"].map((key) => labelOf(question.element, `${question.path}.${key}`, answers));
    return [parts.filter(Boolean).join(". "), answers[`${question.path}.note`]].filter(Boolean).join("\n");
  }
  const written = answers[question.path] ?? "";
  if (question.kind === "day" || question.kind === "birth") {
    const day = readDay(written);
    return day ? dayInWords(day) : `${written} (cannot be read)`;
  }
  if (question.kind === "moment") return inWords(written);
  return labelOf(question.element, question.path, answers) || written;
}

/**
 * The label of the option that was chosen, "" where there is none.
 *
 * @param {HTMLElement} element
 * @param {string} name
 * @param {Answers} answers
 * @returns {string}
 */
function labelOf(element, name, answers) {
  const options = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll("input[type=radio]")]);
  return options.find((option) => option.name === name && option.value === answers[name])?.dataset["label"] ?? "";
}

/**
 * @param {string} page
 * @param {string} name
 * @returns {HTMLElement}
 */
function changeLink(page, name) {
  const link = el("a", { href: `#${page}`, "data-go": page, "data-from": "check" }, "Change", el("span", { class: "cse-hidden" }, ` ${name}`));
  return el("dd", { class: "cse-change cse-no-print" }, link);
}

/**
 * What was answered but does not count now, and what waits for the age; null where there is none.
 *
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @returns {HTMLElement | null}
 */
export function notCounted(questions, answers, band) {
  const given = questions.filter((question) => answered(question, answers));
  const aside = given.filter((question) => !counts(question, answers, band));
  const waiting = given.filter((question) => counts(question, answers, band) && !applies(question, answers, band));
  const parts = [];
  /** @param {Question} question */
  const line = (question) => `${question.short}: ${inText(question, answers).split("\n")[0]}`;
  if (aside.length > 0) parts.push(el("h3", {}, "Set aside"), el("p", {}, "These answers do not apply now. They do not count, and come back if they apply again."), list(aside.map(line)));
  if (waiting.length > 0) parts.push(el("h3", {}, "Waiting for the age"), el("p", {}, "These answers are kept and count once an age is given."), list(waiting.map(line)));
  return parts.length > 0 ? el("div", { class: "cse-panel cse-panel--info" }, ...parts) : null;
}

/**
 * What a change set aside or brought back; null where it did neither.
 *
 * @param {Question[]} questions
 * @param {string[]} before the paths that were set aside before it
 * @param {Question[]} now the questions that are set aside now
 * @returns {HTMLElement | null}
 */
export function movedAside(questions, before, now) {
  const gone = now.filter((question) => !before.includes(question.path)).map((question) => question.short);
  const back = questions.filter((question) => before.includes(question.path) && !now.includes(question)).map((question) => question.short);
  const lines = [];
  if (gone.length > 0) lines.push(el("p", {}, `Set aside, since it does not apply now: ${gone.join("; ")}. It comes back if you change that answer again.`));
  if (back.length > 0) lines.push(el("p", {}, `Brought back, since it applies again: ${back.join("; ")}.`));
  return lines.length > 0 ? el("div", {}, ...lines) : null;
}
