/**
 * The result as plain text, for a case system: what to do, by when, why, whom to ring, the answers, the rules.
 */

import { closedNow, closedSaid, contactsOf, nameOf, numbersOf, toRing } from "./contacts.mjs";
import { inWords } from "./dates.mjs";

/** @typedef {import("./decision.mjs").Decision} Decision */
/** @typedef {import("./decision.mjs").CaseShown} CaseShown */
/** @typedef {import("./decision.mjs").PageData} PageData */

/** What stands at the head and foot of everything that is taken away from practice. */
export const PRACTICE = "PRACTICE. NOT A REAL CASE.";

/**
 * @param {Decision} decision
 * @param {CaseShown} shown
 * @param {PageData} data
 * @param {boolean} practice
 * @returns {string}
 */
export function plainText(decision, shown, data, practice) {
  const words = data.routes[decision.route];
  const mark = practice ? [PRACTICE] : [];
  const parts = [
    [...mark, "SCREENING FOR CHILD SEXUAL EXPLOITATION", `Decision: ${words?.headline ?? decision.route}. ${words?.lead ?? ""}`,
      `As of ${inWords(shown.asOf)}. Area: ${data.areas[shown.area] ?? "not known"}.`, "The tool advises, the professional decides [S4(3), R12.3]."],
    ["WHAT TO DO", ...decision.actions.map((action, index) => actionText(action, index + 1, shown))],
    ["OUTCOME", ...outcome(decision, data)],
    ["KEEP IN MIND", ...decision.warnings.map((warning) => `- ${warning.text}${basis(warning)}`)],
    ["WHY", ...decision.why.filter(({ row }) => row in data.because).map((step) => `- ${data.because[step.row]}${basis(step)}`)],
    ["STILL TO FIND OUT", ...decision.still_to_find_out.map((path) => `- ${shown.questionOf(path)?.short ?? path}`)],
    ["ANSWERS", ...answers(shown)],
    ["RULES", `Version ${decision.rules.version}, SHA-256 ${decision.rules.sha256}`, ...mark],
  ];
  return `${parts.filter((part) => part.length > 1).map((part) => part.join("\n")).join("\n\n")}\n`.replaceAll("\u00a0", " ");
}

/**
 * @param {import("./decision.mjs").Action} action
 * @param {number} number
 * @param {CaseShown} shown
 */
function actionText(action, number, shown) {
  const { rule, due, due_if_strategy: sooner, reason } = action.when;
  const lines = [`${number}. ${action.what}`, `Who: ${action.who}`];
  if (rule || due) lines.push(`By when: ${[rule, due ? `by ${inWords(due)}` : ""].filter(Boolean).join("; ")}`);
  if (sooner) lines.push(`As a strategy discussion: by ${inWords(sooner)}`);
  if (reason) lines.push(`No date: ${reason}`);
  if (action.contact) lines.push(...contactText(action.contact, shown));
  if (action.sources.length > 0 || action.inferred) lines.push(`Rests on:${basis(action)}`);
  return lines.join("\n   ");
}

/**
 * @param {string} contact
 * @param {CaseShown} shown
 * @returns {string[]}
 */
function contactText(contact, shown) {
  const keys = toRing(contact, shown);
  const closed = keys.length > 1 && closedNow(shown) ? [`Closed at this hour: ${closedSaid(shown)}`] : [];
  return [...closed, ...keys.flatMap((key) => contactsOf(shown.area, [key])).map((found) => {
    const numbers = numbersOf(found).map((number) => number.textContent).join(" or ");
    return `Ring: ${nameOf(found) || "Children's Services where the child lives"}${numbers ? `, ${numbers}` : `. ${found.querySelector(":scope > .cse-hint")?.textContent ?? "The number is not known to us."}`}`;
  })];
}

/** @param {import("./decision.mjs").Basis} basis */
function basis({ sources, inferred, reason }) {
  const cited = sources.length > 0 ? ` [${sources.join(", ")}]` : "";
  return inferred ? `${cited} (inferred${reason && reason !== "solihull-only" ? `: ${reason}` : reason ? ": Solihull's page alone says this" : ""})` : cited;
}

/**
 * @param {Decision} decision
 * @param {PageData} data
 */
function outcome({ outcome: { indicated, judged, final, fixed, provisional }, instrument }, data) {
  /** @param {string | null} id */
  const named = (id) => (id === null ? "none" : data.outcomes[id] ?? id);
  return [
    `Screening tool: ${data.instruments[instrument] ?? instrument}`,
    `What the answers point to: ${named(indicated)}${fixed ? " (fixed by the tool)" : ""}`,
    `Own judgement: ${named(judged)}`,
    `Outcome that stands: ${named(final)}${provisional ? " (provisional: no judgement is recorded)" : ""}`,
  ];
}

/** @param {CaseShown} shown */
function answers(shown) {
  return shown.answers.flatMap((part) => {
    if (part.matches("h3")) return [`${part.textContent}:`];
    return [...part.querySelectorAll(":scope > div")].map((row) =>
      `- ${row.querySelector("dt")?.textContent}: ${(row.querySelector("dd")?.textContent ?? "").replaceAll("\n", "\n  ")}`);
  });
}
