/**
 * The decision so far: the strip on every page, and what stands beside the judgement.
 */

import { answered, applies } from "./answers.mjs";
import { inText } from "./check.mjs";
import { el, list } from "./dom.mjs";

/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./answers.mjs").Question} Question */
/** @typedef {import("./decision.mjs").PageData} PageData */
/** @typedef {import("./deciding.mjs").Decided} Decided */

/**
 * The panels that urgent answers brought up, the emergency first.
 *
 * @param {PageData} data
 * @param {Answers} answers
 */
export function panelsUp(data, answers) {
  const up = data.panels.filter((panel) => Object.entries(panel.when).some(([path, values]) => values.includes(answers[path] ?? "")));
  return [...up.filter((panel) => panel.kind === "emergency"), ...up.filter((panel) => panel.kind !== "emergency")];
}

/**
 * Whether a decision so far means anything yet: an urgent answer was given, or all of them were answered.
 *
 * @param {PageData} data
 * @param {Answers} answers
 * @param {Question[]} questions
 * @returns {boolean}
 */
export function worthSaying(data, answers, questions) {
  const urgent = new Set(data.panels.map((panel) => panel.page));
  return panelsUp(data, answers).length > 0 || questions.filter((q) => urgent.has(q.page)).every((q) => answered(q, answers));
}

/**
 * The strip with the decision so far. Until the engine answers, the panel that an urgent answer brought up speaks.
 *
 * @param {PageData} data
 * @param {Answers} answers
 * @param {Question[]} questions
 * @param {Decided | null} decided
 * @param {string} page the page that is open
 * @returns {HTMLElement | null} null while there is nothing to say
 */
export function soFar(data, answers, questions, decided, page) {
  if (!worthSaying(data, answers, questions) || panelsUp(data, answers).some((panel) => panel.page === page)) return null;
  const words = decided?.decision ? data.routes[decided.decision.route] : undefined;
  const first = panelsUp(data, answers)[0];
  if (!words && !first) return null;
  const kind = words?.kind ?? (first?.kind === "emergency" ? "danger" : "warning");
  return el("div", { class: `cse-panel cse-panel--${kind} wizard-strip` },
    el("p", {}, "So far: ", el("b", {}, words?.so_far ?? first?.title ?? ""), ". "),
    el("p", {}, el("a", { href: "#decision", "data-go": "decision" }, "See what to do")));
}

/**
 * What was recorded and what it points to, beside the judgement.
 *
 * @param {PageData} data
 * @param {import("./decision.mjs").DecisionPage} texts
 * @param {Question[]} questions
 * @param {Answers} answers
 * @param {string} band
 * @param {Decided | null} decided
 * @returns {HTMLElement[]}
 */
export function judgementBasis(data, texts, questions, answers, band, decided) {
  const tool = questions.filter((q) => ["under-12", "aged-12-to-17"].includes(q.page) && applies(q, answers, band));
  const seen = questions.filter((q) => q.kind === "sign" && ["evidence", "suspected"].includes(answers[`${q.path}.seen`] ?? ""));
  const rows = tool.map((q) => el("div", {}, el("dt", {}, q.short), el("dd", {}, inText(q, answers))));
  const parts = [el("h3", {}, "What you recorded"), el("dl", { class: "cse-summary" }, ...rows)];
  if (seen.length > 0) parts.push(el("p", {}, el("b", {}, "Signs with evidence or suspicion:")), list(seen.map((q) => q.short)));
  const decision = decided?.decision;
  if (!decision) return parts;
  const { indicated } = decision.outcome;
  parts.push(el("p", {}, "The answers point to: ", el("b", {}, indicated === null ? "no outcome yet" : data.outcomes[indicated] ?? indicated), "."));
  const why = decision.why.filter((step) => step.table === "final" || step.table.startsWith("indicated-"));
  const said = why.filter((step) => step.row in data.because && !step.table.startsWith("indicated-level"));
  parts.push(list(said.map((step) => el("span", {}, data.because[step.row] ?? "", " ", ...texts.basis(step)))));
  return parts;
}
