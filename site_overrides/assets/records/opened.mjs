/**
 * A record as the page shows it: what was decided, under which rules, and what today's rules say. Nothing is decided here.
 */

import { dayInWords, inWords } from "../wizard/dates.mjs";
import { el, list } from "../wizard/dom.mjs";
import { blanks, differenceShown } from "./comparison.mjs";
import { instrumentNamed, nameOf, outcomeNamed, routeNamed, valueNamed } from "./words.mjs";

/** @typedef {import("./words.mjs").Labels} Labels */
/** @typedef {import("./comparison.mjs").Cites} Cites */
/** @typedef {import("./opening.mjs").OpenRecord} OpenRecord */
/** @typedef {import("./opening.mjs").Opened} Opened */
/** @typedef {import("../wizard/decision.mjs").Decision} Decision */
/** @typedef {import("../wizard/decision.mjs").Action} Action */

/**
 * @param {OpenRecord} record
 * @param {Labels} labels
 * @param {Cites} cites
 * @returns {HTMLElement} a section with headings of level 2 and 3; nothing in it has an id
 */
export function openedShown(record, labels, cites) {
  const { opened } = record;
  const decision = opened.decision_then;
  return el("section", { class: "rec-opened", "data-checked": record.checked.how },
    el("h2", { class: "rec-title", tabindex: "-1" }, `The record of ${dayInWords(opened.made_at)}`),
    blanks([["Child’s name", "Case number"], ["Printed by (name, role)", "Date"]]),
    checked(record),
    el("h3", {}, "What was decided"),
    summary(opened, labels),
    ...today(record, labels, cites),
    el("h3", {}, "The plan"),
    decision.actions.length > 0 ? el("ol", { class: "rec-plan" }, ...decision.actions.map((action) => planned(action, cites))) : el("p", {}, "No action was due."),
    ...(decision.warnings.length > 0 ? [el("h3", {}, "What to keep in mind"), list(decision.warnings.map(({ text, sources }) => el("span", {}, `${text} `, sources.length > 0 ? cites(sources) : "")))] : []),
    ...(decision.still_to_find_out.length > 0 ? [el("h3", {}, "Still to find out then"), list(decision.still_to_find_out.map((path) => nameOf(labels, path)))] : []),
    el("h3", {}, "The answers"),
    answers(opened, labels),
    el("p", { class: "cse-hint rec-hash" }, `Rules ${opened.rules.then.version}, SHA-256 ${opened.rules.then.sha256}`));
}

/**
 * Under which rules it was made, and whether they still decide its case as it says.
 *
 * @param {OpenRecord} record
 */
function checked({ opened, checked: { how, reason } }) {
  const { then, now } = opened.rules;
  const version = then.version === now.version && !opened.same_rules ? `${then.version} (${then.sha256.slice(0, 12)})` : then.version;
  const panel = (/** @type {string} */ kind, /** @type {string[]} */ ...says) => el("div", { class: `cse-panel cse-panel--${kind} rec-checked` }, ...says.map((text) => el("p", {}, text)));
  switch (how) {
    case "today":
      return panel("done", `Made under today’s rules, ${version}. They decide these answers as the record says.`);
    case "own":
      return panel("done", `Made under rules ${version}, and opened under them: they decide these answers as the record says. Today’s rules are ${now.version}.`);
    case "not-published":
      return panel("warning", `Made under rules ${version}, which this site does not keep. So this site cannot tell whether the record has been changed.`, "What it says is shown below exactly as in the file. If that matters, ask whoever saved it.");
    default: {
      const again = el("button", { type: "button", class: "cse-button cse-button--quiet", "data-again": true }, "Try again");
      const made = panel("warning", `Made under rules ${version}, which could not be started just now. ${reason}`, "What the record says is shown below exactly as in the file. It has not been checked.");
      made.append(el("div", { class: "cse-actions" }, again));
      return made;
    }
  }
}

/**
 * What must be said above a comparison of a record that could not be checked.
 *
 * @param {string} which "earlier" or "later"
 * @param {OpenRecord} record
 * @returns {HTMLElement[]} nothing where its own rules decide it as it says
 */
export function notChecked(which, { opened, checked: { how } }) {
  if (how === "today" || how === "own") return [];
  const why = how === "not-published" ? "this site does not keep its rules" : "its rules could not be started just now";
  return [el("p", { class: "cse-panel cse-panel--warning rec-same" }, `The ${which} record is not checked: ${why} (${opened.rules.then.version}). The comparison uses what the file says.`)];
}

/**
 * @param {Opened} opened
 * @param {Labels} labels
 */
function summary({ case: answered, decision_then: decision, judged_by: judge, made_at: madeAt }, labels) {
  const { outcome } = decision;
  const judgement = answered["judgement"] ?? {};
  const rows = [
    ["Decision", routeNamed(labels, decision.route)],
    ["Outcome that stands", `${outcomeNamed(labels, outcome.final)}${outcome.provisional ? " (provisional: no judgement was recorded)" : ""}`],
    ["What the answers pointed to", outcomeNamed(labels, outcome.indicated)],
    ["Own judgement", outcomeNamed(labels, outcome.judged)],
    ...(judgement.reason ? [["Reason", judgement.reason]] : []),
    ...(judgement.consulted ? [["Consulted", judgement.consulted]] : []),
    ["Section 47 threshold", decision.section_47.threshold_met ? "Met" : "Not met by these answers"],
    ["Screening tool", instrumentNamed(labels, decision.instrument)],
    ["Decided as of", typeof answered["as_of"] === "string" ? inWords(answered["as_of"]) : "Not recorded"],
    ["Recorded", inWords(madeAt)],
    ["Judged by", [judge.name, judge.role].filter(Boolean).join(", ") || "Nobody is named"],
  ];
  return el("dl", { class: "cse-summary rec-summary" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name ?? ""), el("dd", {}, value ?? ""))));
}

/**
 * What today's rules say of the same answers; nothing where they are the record's own.
 *
 * @param {OpenRecord} record
 * @param {Labels} labels
 * @param {Cites} cites
 */
function today({ opened, difference }, labels, cites) {
  if (opened.same_rules) return [];
  const title = el("h3", {}, "The same answers under today’s rules");
  if (!opened.decision_now) {
    const problems = opened.case_problems.map(({ path, found, wanted }) => `${nameOf(labels, path.replace(/^case\./, ""))}: ${found}. Wanted today: ${wanted}.`);
    return [title, el("p", {}, "Today’s rules cannot decide these answers:"), list(problems)];
  }
  if (!difference) return [title, el("p", {}, "Today’s rules decide these answers in the same way.")];
  return [title, ...differenceShown(difference, labels, cites)];
}

/**
 * @param {Action} action
 * @param {Cites} cites
 */
function planned({ what, who, when, sources }, cites) {
  const by = when.due ? `By ${inWords(when.due)}` : when.rule;
  return el("li", {}, el("b", {}, what), el("p", {}, [who, by].filter(Boolean).join(". "), ". ", sources.length > 0 ? cites(sources) : ""));
}

/**
 * @param {Opened} opened
 * @param {Labels} labels
 */
function answers({ case: answered }, labels) {
  const rows = [...flat(answered)].filter(([path]) => path !== "as_of");
  if (rows.length === 0) return el("p", {}, "No question was answered.");
  return el("dl", { class: "cse-summary rec-answers" }, ...rows.map(([path, value]) => el("div", {}, el("dt", {}, nameOf(labels, path)), el("dd", {}, valueNamed(labels, path, value)))));
}

/**
 * @param {Record<string, unknown>} data
 * @param {string} [before]
 * @returns {Generator<[string, unknown]>}
 */
function* flat(data, before = "") {
  for (const [key, value] of Object.entries(data)) {
    if (value && typeof value === "object") yield* flat(/** @type {Record<string, unknown>} */ (value), `${before}${key}.`);
    else yield [`${before}${key}`, value];
  }
}
