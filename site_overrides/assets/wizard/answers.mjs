/**
 * Answers: what the form holds, which of it applies, and the case made from it.
 *
 * No rule about outcomes stands here. Which question applies at which age is said by the page (data-ages, data-only-when).
 */

import { ageOn, readDay } from "./dates.mjs";

/** @typedef {Record<string, string>} Answers the form's controls by name; empty ones are missing */

/**
 * @typedef {object} Question
 * @property {string} path the answer's path in the case
 * @property {string} kind answer | choice | flag | text | moment | day | birth | age | sign
 * @property {string} short its name on the check page
 * @property {string} page the id of its page
 * @property {boolean} required whether Continue asks for it
 * @property {string[]} ages the age bands it is for; empty for all
 * @property {Record<string, string[]>} onlyWhen the answers it depends on
 * @property {Record<string, string[]>} optionAges the age bands of single options
 * @property {HTMLElement} element
 */

/** @typedef {{id: string, to: number | null, label: string}} Band */

const UNKNOWN = "not_known";
const SEEN = ["evidence", "suspected"];

/**
 * Every question of the form, in order; each sign is one question.
 *
 * @param {HTMLFormElement} form
 * @returns {Question[]}
 */
export function questionsOf(form) {
  return [...form.querySelectorAll("[data-question], [data-sign]")].map((found) => {
    const element = /** @type {HTMLElement} */ (found);
    const page = /** @type {HTMLElement} */ (element.closest("[data-page]"));
    const data = element.dataset;
    /** @type {Record<string, string[]>} */
    const optionAges = {};
    for (const option of element.querySelectorAll("label[data-ages]")) {
      const input = /** @type {HTMLInputElement} */ (option.querySelector("input"));
      optionAges[input.value] = words(/** @type {HTMLElement} */ (option).dataset["ages"]);
    }
    return {
      path: data["question"] ?? `indicators.${data["sign"]}`,
      kind: data["kind"] ?? "sign",
      short: data["short"] ?? "",
      page: page.id,
      required: "required" in data,
      ages: words(data["ages"] ?? page.dataset["ages"]),
      onlyWhen: JSON.parse(data["onlyWhen"] ?? "{}"),
      optionAges,
      element,
    };
  });
}

/** @param {string | undefined} text */
const words = (text) => (text ?? "").split(" ").filter(Boolean);

/**
 * @param {HTMLFormElement} form
 * @returns {Answers}
 */
export function readForm(form) {
  /** @type {Answers} */
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") answers[name] = value;
  }
  return answers;
}

/**
 * Put answers into the form; controls without an answer are emptied.
 *
 * @param {HTMLFormElement} form
 * @param {Answers} answers
 */
export function fillForm(form, answers) {
  for (const control of form.querySelectorAll("input, textarea")) {
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      control.checked = answers[control.name] === control.value;
    } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
      control.value = answers[control.name] ?? "";
    }
  }
}

/**
 * The age in whole years, or null where it is not known or not one answer.
 *
 * @param {Answers} answers
 * @param {string} asOf
 * @returns {number | null}
 */
export function ageOf(answers, asOf) {
  const birth = answers["child.date_of_birth"];
  const written = answers["child.age"];
  if (birth !== undefined && written !== undefined) return null;
  const born = birth === undefined ? null : readDay(birth);
  const age = born ? ageOn(born, asOf) : readAge(written);
  return age === null || age < 0 || age > 120 ? null : age;
}

/**
 * @param {string | undefined} text
 * @returns {number | null}
 */
export function readAge(text) {
  return text !== undefined && /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/**
 * The age band, "not_known" where the age is not known.
 *
 * @param {Answers} answers
 * @param {string} asOf
 * @param {Band[]} bands by rising age
 * @returns {string}
 */
export function bandOf(answers, asOf, bands) {
  const age = ageOf(answers, asOf);
  if (age === null) return UNKNOWN;
  return bands.find((band) => band.to === null || age <= band.to)?.id ?? UNKNOWN;
}

/**
 * Whether a question is asked, given the other answers and the age.
 *
 * @param {Question} question
 * @param {Answers} answers
 * @param {string} band
 * @returns {boolean}
 */
export function applies(question, answers, band) {
  if (question.ages.length > 0 && !question.ages.includes(band)) return false;
  return Object.entries(question.onlyWhen).every(([path, values]) => values.includes(answers[path] ?? ""));
}

/**
 * Whether an answer counts: its question applies and the option is one for the age. While the age is not known
 * the answers to the tools and the judgement wait for it; the decision says so.
 *
 * @param {Question} question
 * @param {Answers} answers
 * @param {string} band
 * @returns {boolean}
 */
export function counts(question, answers, band) {
  if (band === UNKNOWN && question.ages.length > 0 && !question.ages.includes(band)) return true;
  const forAges = question.optionAges[answers[question.path] ?? ""];
  return applies(question, answers, band) && (band === UNKNOWN || !forAges || forAges.includes(band));
}

/**
 * The questions whose answers are kept but do not count now.
 *
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @returns {Question[]}
 */
export function setAside(questions, answers, band) {
  return questions.filter((question) => answered(question, answers) && !counts(question, answers, band));
}

/**
 * @param {Question} question
 * @param {Answers} answers
 * @returns {boolean}
 */
export function answered(question, answers) {
  return (question.kind === "sign" ? `${question.path}.seen` : question.path) in answers;
}

/**
 * Whether a question has an answer that counts: one that was set aside is no answer now.
 *
 * @param {Question} question
 * @param {Answers} answers
 * @param {string} band
 * @returns {boolean}
 */
export function given(question, answers, band) {
  return answered(question, answers) && counts(question, answers, band);
}

/**
 * The case, as the engine reads it. Answers that are empty or do not count are left out; what was answered "not known"
 * stays in, where the case has a word for it.
 *
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} asOf local time in England, YYYY-MM-DDTHH:MM
 * @param {string} band
 * @returns {Record<string, unknown>}
 */
export function caseOf(questions, answers, asOf, band) {
  /** @type {Record<string, any>} */
  const made = { as_of: asOf };
  for (const question of questions) {
    if (!given(question, answers, band)) continue;
    const value = question.kind === "sign" ? signOf(question, answers) : valueOf(question, answers);
    if (value === undefined) continue;
    const [group, key] = split(question.path);
    if (key === undefined) made[group] = value;
    else (made[group] ??= {})[key] = value;
  }
  return made;
}

/**
 * A path's group and key: "now.immediate_risk" gives both, "area" the first alone.
 *
 * @param {string} path
 * @returns {[string, string | undefined]}
 */
function split(path) {
  const dot = path.indexOf(".");
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
}

/**
 * @param {Question} question
 * @param {Answers} answers
 * @returns {string | number | boolean | undefined}
 */
function valueOf(question, answers) {
  const written = answers[question.path] ?? "";
  switch (question.kind) {
    case "answer":
      return written;
    case "choice":
      return written === UNKNOWN ? undefined : written;
    case "flag":
      return written === UNKNOWN ? undefined : written === "true";
    case "day":
    case "birth":
      return readDay(written) ?? undefined;
    case "age":
      return readAge(written) ?? undefined;
    default:
      return written;
  }
}

/**
 * @param {Question} question
 * @param {Answers} answers
 * @returns {Record<string, string>}
 */
function signOf(question, answers) {
  const seen = answers[`${question.path}.seen`] ?? UNKNOWN;
  /** @type {Record<string, string>} */
  const sign = { seen };
  if (!SEEN.includes(seen)) return sign;
  for (const key of ["when", "note"]) {
    const value = answers[`${question.path}.${key}`];
    if (value !== undefined) sign[key] = value;
  }
  return sign;
}
