/**
 * Words by path, as the scripts in assets/records/ take them: read from the questions that stand in the page.
 */

/** @typedef {import("../records/words.mjs").Labels} Labels */

/**
 * @param {import("./answers.mjs").Question[]} questions
 * @param {import("./decision.mjs").PageData} data
 * @returns {Labels}
 */
export function labelsOf(questions, data) {
  /** @type {Labels} */
  const labels = {};
  for (const question of questions) {
    labels[question.path] = { short: question.short, values: question.kind === "sign" ? {} : optionsOf(question.element) };
  }
  const sign = questions.find((question) => question.kind === "sign")?.element;
  for (const [key, short] of [["seen", "Seen"], ["when", "When"], ["note", "Note"]]) {
    labels[key ?? ""] = { short: short ?? "", values: sign ? optionsOf(sign, `.${key}`) : {} };
  }
  const headlines = Object.fromEntries(Object.entries(data.routes).map(([id, { headline }]) => [id, headline]));
  labels["child.age"] = { short: "Age", values: Object.fromEntries(data.bands.map(({ id, label }) => [id, label])) };
  labels["route"] = { short: "Decision", values: headlines };
  labels["outcome"] = { short: "Outcome that stands", values: data.outcomes };
  labels["instrument"] = { short: "Screening tool", values: data.instruments };
  labels["references"] = { short: "References", values: data.references };
  return labels;
}

/**
 * What the options of a question are called, by value.
 *
 * @param {HTMLElement} element
 * @param {string} [ending] only the controls whose names end so
 * @returns {Record<string, string>}
 */
function optionsOf(element, ending = "") {
  const inputs = /** @type {HTMLInputElement[]} */ ([...element.querySelectorAll("input[type=radio]")]);
  return Object.fromEntries(inputs.filter(({ name }) => name.endsWith(ending)).map(({ value, dataset }) => [value, dataset["label"] ?? value]));
}
