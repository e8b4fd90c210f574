/**
 * What stops Continue: answers that are missing or cannot be read. Shown beside the question and in a summary that takes the focus.
 */

import { hold } from "../guard.mjs";
import { applies, given, readAge } from "./answers.mjs";
import { readDay, shortYear } from "./dates.mjs";
import { byId, el, errorSummary } from "./dom.mjs";

/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./answers.mjs").Question} Question */

/** @typedef {{group: HTMLElement, message: string}} Mistake `group`: the element around the question */

/**
 * What is missing or cannot be read on a page.
 *
 * @param {HTMLElement} page
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @returns {Mistake[]}
 */
export function mistakesOn(page, questions, answers, band) {
  const own = questions.filter((question) => question.page === page.id && applies(question, answers, band));
  /** @type {Mistake[]} */
  const found = [];
  for (const question of own) {
    if (!given(question, answers, band)) {
      if (unfinished(question)) found.push({ group: question.element, message: `${question.short}: give the whole date and time, or empty the field` });
      else if (question.required) found.push({ group: question.element, message: `${question.short}: choose an answer. If you do not know, choose Not known` });
    } else if (!readable(question, answers)) {
      found.push({ group: question.element, message: `${question.short}: ${wanted(question, answers[question.path] ?? "")}` });
    }
  }
  const either = /** @type {HTMLElement | null} */ (page.querySelector("[data-either]"));
  if (either) found.push(...mistakesOfChoice(page, either, own, answers));
  return found;
}

/**
 * Exactly one of several answers is wanted, or the box that says there is none.
 *
 * @param {HTMLElement} page
 * @param {HTMLElement} either
 * @param {Question[]} own
 * @param {Answers} answers
 * @returns {Mistake[]}
 */
function mistakesOfChoice(page, either, own, answers) {
  const given = (either.dataset["either"] ?? "").split(" ").filter((path) => path in answers);
  const none = `${page.id}.not_known` in answers;
  const group = own[0]?.element;
  if (!group) return [];
  const names = own.map((question) => question.short.toLowerCase()).join(" or the ");
  if (given.length === 0 && !none) return [{ group, message: `Give the ${names}, or tick the box if you know neither` }];
  if (given.length > 1) return [{ group, message: `Give the ${names}, not both` }];
  if (given.length === 1 && none) return [{ group, message: `You gave the age and ticked the box. Untick the box, or empty the field` }];
  return [];
}

/**
 * Whether a date field holds something that the browser cannot hand over.
 *
 * @param {Question} question
 * @returns {boolean}
 */
function unfinished(question) {
  return [...question.element.querySelectorAll("input")].some((input) => input.validity.badInput);
}

/**
 * @param {Question} question
 * @param {Answers} answers
 * @returns {boolean}
 */
export function readable(question, answers) {
  const written = answers[question.path] ?? "";
  if (question.kind === "day" || question.kind === "birth") return readDay(written) !== null;
  if (question.kind === "age") return readAge(written) !== null;
  return true;
}

/**
 * @param {Question} question
 * @param {string} written
 * @returns {string}
 */
function wanted(question, written) {
  if (question.kind === "age") return "give whole years, such as 14";
  return shortYear(written) ? "give the year in four figures, such as 2012" : "give a day of the calendar, such as 27 3 2012";
}

/**
 * Show mistakes beside their questions and in the summary, which takes the focus.
 *
 * @param {Mistake[]} mistakes
 */
export function showMistakes(mistakes) {
  clearMistakes();
  if (mistakes.length === 0) return;
  const links = mistakes.map(({ group, message }, index) => {
    const control = /** @type {HTMLElement | null} */ (group.querySelector("input, textarea"));
    const id = `error-${index}`;
    const note = el("p", { class: "cse-error", id }, el("span", { class: "cse-hidden" }, "Error: "), message);
    (group.querySelector(".cse-hint") ?? group.querySelector("legend, label"))?.after(note);
    group.classList.add("cse-invalid");
    const described = group.matches("fieldset") ? group : control;
    if (described) {
      described.dataset["describedBefore"] = described.getAttribute("aria-describedby") ?? "";
      described.setAttribute("aria-describedby", `${described.dataset["describedBefore"]} ${id}`.trim());
    }
    if (control && !group.matches("fieldset")) control.setAttribute("aria-invalid", "true");
    const link = el("a", { href: `#${group.id}` }, message);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control?.focus();
      group.scrollIntoView({ block: "center" });
    });
    return link;
  });
  const summary = errorSummary(links);
  hold();
  byId("wizard-errors").append(summary);
  summary.focus();
}

/**
 * Take the mistake off a question that was answered since; the summary goes with the last one.
 *
 * @param {Element | null} control what was answered
 */
export function answeredSince(control) {
  const group = control?.closest(".cse-invalid");
  if (!group) return;
  if (document.querySelectorAll(".wizard-form .cse-invalid").length === 1) clearMistakes();
  else {
    group.classList.remove("cse-invalid");
    group.querySelector(".cse-error")?.remove();
  }
}

/** Take all mistakes off the page. */
export function clearMistakes() {
  byId("wizard-errors").replaceChildren();
  for (const note of document.querySelectorAll(".wizard-form .cse-error")) note.remove();
  for (const group of document.querySelectorAll(".wizard-form .cse-invalid")) group.classList.remove("cse-invalid");
  for (const control of document.querySelectorAll(".wizard-form [aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const found of document.querySelectorAll("[data-described-before]")) {
    const described = /** @type {HTMLElement} */ (found);
    const before = described.dataset["describedBefore"];
    if (before) described.setAttribute("aria-describedby", before);
    else described.removeAttribute("aria-describedby");
    delete described.dataset["describedBefore"];
  }
}
