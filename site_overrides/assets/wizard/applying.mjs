/**
 * The questions as they stand in the page: those for the age and the other answers are shown, the rest hidden.
 */

import { ageOn, inWords, nowInEngland, readDay, shortYear } from "./dates.mjs";

/**
 * Show the questions and options that apply, how a date is read, and the numbers of the chosen area.
 *
 * @param {HTMLFormElement} form
 * @param {import("./answers.mjs").Question[]} questions
 * @param {import("./answers.mjs").Answers} answers
 * @param {string} band
 */
export function showApplying(form, questions, answers, band) {
  for (const question of questions) {
    const follows = Object.entries(question.onlyWhen).every(([path, values]) => values.includes(answers[path] ?? ""));
    question.element.hidden = (question.ages.length > 0 && !question.ages.includes(band)) || !follows;
    for (const option of question.element.querySelectorAll("label[data-ages]")) {
      /** @type {HTMLElement} */ (option).hidden = !(option.getAttribute("data-ages") ?? "").split(" ").includes(band);
    }
  }
  for (const echo of form.querySelectorAll(".wizard-echo")) {
    const input = /** @type {HTMLInputElement} */ (echo.parentElement?.querySelector("input"));
    const day = readDay(input.value);
    const age = day && input.name === "child.date_of_birth" ? ageOn(day, nowInEngland()) : -1;
    echo.textContent = day ? `That is ${inWords(day)}${age < 0 ? "" : `: ${age} years old`}.` : shortYear(input.value) ? "Give the year in four figures, such as 2012." : "";
  }
  const area = answers["area"];
  for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (form.querySelectorAll(".wizard-area"))) {
    if (area) details.open = details.dataset["area"] === area;
  }
}
