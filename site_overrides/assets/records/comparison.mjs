/**
 * Two records side by side, as the engine compared them. Nothing is compared or judged here.
 *
 *   comparisonShown(comparison, labels)           two screenings: what the engine's `compare` gives, parsed; words by path
 *   comparisonShown(comparison, labels, cites)    with paragraphs as the page's own links
 *   differenceShown(comparison, labels, cites)    one case under the rules of its day and under today's
 */

import { inWords } from "../wizard/dates.mjs";
import { el, list } from "../wizard/dom.mjs";
import { nameOf, outcomeNamed, routeNamed, valueNamed } from "./words.mjs";

/** @typedef {import("./words.mjs").Labels} Labels */
/** @typedef {(ids: string[]) => Node | string} Cites */
/** @typedef {string | number | boolean | null} Value */
/** @typedef {{id: string, text: string, sources: string[], inferred: boolean, reason?: string, editors_note: boolean, references: string[]}} Ask */
/** @typedef {{id: string, what?: string, text?: string, who?: string, when?: {rule: string, due: string | null}, sources: string[]}} Item */
/** @typedef {{added: Item[], removed: Item[], due_changed: {id: string, what: string, old: string | null, new: string | null}[]}} Items */
/** @typedef {"up" | "down" | "same" | null} Direction */
/** @typedef {{version: string, sha256: string}} Rules */

/**
 * @typedef {object} Comparison
 * @property {{old: string, new: string}} made_at
 * @property {{old: string | null, new: string | null}} as_of
 * @property {{old: Rules, new: Rules, changed: boolean}} rules
 * @property {{path: string, old: Value, new: Value}[]} answers
 * @property {{[name in "indicated" | "judged" | "final"]: {old: string | null, new: string | null}} & {direction: Direction}} outcome
 * @property {{old: string, new: string, direction: Direction}} route
 * @property {Items} actions
 * @property {Items} warnings
 * @property {Ask[]} asks
 */

/** What the two sides are called, and what is said of where the result went. @typedef {{old: string, new: string, up: string, down: string, same: string}} Terms */

/** @type {Terms} */
const SCREENINGS = { old: "Earlier", new: "Later", up: "Higher than last time", down: "Lower than last time", same: "No change" };
/** @type {Terms} */
const RULE_SETS = { old: "Its own rules", new: "Today’s rules", up: "Higher under today’s rules", down: "Lower under today’s rules", same: "No change" };
/** Lines to write on under each question that a fall asks, on paper. */
const LINES = 3;

/**
 * @param {Comparison} comparison
 * @param {Labels} labels
 * @param {Cites} [cites] how paragraphs are shown
 * @returns {HTMLElement} a section with headings of level 2 and 3; nothing in it has an id
 */
export function comparisonShown(comparison, labels, cites = (ids) => `[${ids.join(", ")}]`) {
  const { made_at: madeAt, asks } = comparison;
  return el("section", { class: "rec-comparison", "data-comparison": asks.length > 0 ? "fell" : "told" },
    el("h2", { class: "rec-title", tabindex: "-1" }, "What changed since the earlier screening"),
    el("p", {}, "Earlier: ", inWords(madeAt.old), ". Later: ", inWords(madeAt.new), "."),
    ...fall(asks, labels, cites),
    ...unchanged(comparison),
    el("h3", {}, "Decision and outcome"),
    results(comparison, labels, SCREENINGS),
    rules(comparison),
    ...answers(comparison, labels),
    ...items("The plan", comparison.actions, { added: "New in the plan", removed: "No longer in the plan", same: "The plan is the same." }, SCREENINGS, cites),
    ...items("What to keep in mind", comparison.warnings, { added: "New", removed: "No longer said", same: "The same as before." }, SCREENINGS, cites));
}

/**
 * Lines for what no record holds, on paper only: names are added by hand.
 *
 * @param {string[][]} rows of names
 */
export function blanks(rows) {
  return el("table", { class: "cse-only-print rec-blanks" }, el("tbody", {}, ...rows.map((names) =>
    el("tr", {}, ...names.flatMap((name) => [el("th", { scope: "row" }, name), el("td", {})])))));
}

/**
 * One case as its own rules and today's decide it.
 *
 * @param {Comparison} comparison of the record and one made of the same case by today's engine
 * @param {Labels} labels
 * @param {Cites} cites
 * @returns {HTMLElement[]} headings of level 4
 */
export function differenceShown(comparison, labels, cites) {
  const [plan, mind] = [comparison.actions, comparison.warnings];
  const fell = [comparison.outcome.direction, comparison.route.direction].includes("down");
  return [
    results(comparison, labels, RULE_SETS),
    ...(fell ? [el("p", { class: "cse-panel cse-panel--warning rec-rules" }, "Today’s rules give less for the same answers. That says nothing new about the child.")] : []),
    ...lists(plan, { added: "Only under today’s rules", removed: "Only under its own rules", same: "" }, RULE_SETS, cites),
    ...lists(mind, { added: "Keep in mind: only under today’s rules", removed: "Keep in mind: only under its own rules", same: "" }, RULE_SETS, cites),
  ];
}

/**
 * What a fall asks, first and in a box, with lines to write on in print.
 *
 * @param {Ask[]} asks
 * @param {Labels} labels
 * @param {Cites} cites
 */
function fall(asks, labels, cites) {
  if (asks.length === 0) return [];
  const lines = () => Array.from({ length: LINES }, () => el("p", { class: "rec-line cse-only-print" }));
  return [el("div", { class: "cse-panel cse-panel--warning rec-fell" },
    el("h3", {}, "It is lower than last time. Answer these before you settle for it"),
    el("ol", {}, ...asks.map((ask) => el("li", { "data-ask": ask.id }, el("p", {}, ask.text), el("p", { class: "cse-hint" }, ...basis(ask, labels, cites)), ...lines()))))];
}

/**
 * @param {Ask} ask
 * @param {Labels} labels
 * @param {Cites} cites
 * @returns {(Node | string)[]}
 */
function basis(ask, labels, cites) {
  const titles = labels["references"]?.values ?? {};
  const tag = ask.editors_note ? "Editor’s note" : ask.inferred ? "Inferred" : "";
  const said = ask.editors_note ? ask.references.map((id) => titles[id] ?? id).join("; ") : ask.reason ?? "";
  return [
    ...(ask.sources.length > 0 ? [cites(ask.sources), " "] : []),
    ...(tag ? [el("span", { class: "cse-tag cse-tag--quiet" }, tag), " "] : []),
    said ? `${said}.` : "",
  ];
}

/** @param {Comparison} comparison */
function unchanged({ answers: changed, outcome, route, actions, warnings }) {
  const items = [...Object.values(actions), ...Object.values(warnings)].every((some) => some.length === 0);
  if (changed.length > 0 || !items || outcome.direction !== "same" || route.direction !== "same") return [];
  return [el("p", { class: "cse-panel cse-panel--info rec-same" }, "Nothing changed: the same answers, outcome and plan as before.")];
}

/**
 * @param {Comparison} comparison
 * @param {Labels} labels
 * @param {Terms} terms
 */
function results({ route, outcome }, labels, terms) {
  const { indicated, judged, final } = outcome;
  return el("dl", { class: "rec-pairs" },
    pair("Decision", routeNamed(labels, route.old), routeNamed(labels, route.new), terms, went(route, terms)),
    pair("Outcome that stands", outcomeNamed(labels, final.old), outcomeNamed(labels, final.new), terms, went({ ...final, direction: outcome.direction }, terms)),
    pair("What the answers point to", outcomeNamed(labels, indicated.old), outcomeNamed(labels, indicated.new), terms),
    pair("Own judgement", outcomeNamed(labels, judged.old), outcomeNamed(labels, judged.new), terms));
}

/**
 * @param {{old: string | null, new: string | null, direction: Direction}} moved
 * @param {Terms} terms
 */
function went({ old, new: now, direction }, terms) {
  if (direction !== null) return terms[direction];
  return old === now ? terms.same : "The two cannot be set in order";
}

/** @param {Comparison} comparison */
function rules({ rules: { old, new: now, changed } }) {
  if (!changed) return el("p", { class: "rec-rules" }, `Both were decided under the same rules, ${now.version}.`);
  const versions = old.version === now.version ? `${old.version} (${old.sha256.slice(0, 12)}) and ${now.version} (${now.sha256.slice(0, 12)})` : `${old.version} and ${now.version}`;
  return el("p", { class: "rec-rules cse-panel cse-panel--info" }, el("b", {}, "The rules changed in between: "), `${versions}. Some of what differs may come from the rules, not from the child.`);
}

/**
 * @param {Comparison} comparison
 * @param {Labels} labels
 */
function answers({ answers: changed }, labels) {
  return [
    el("h3", {}, "Answers"),
    changed.length > 0
      ? el("dl", { class: "rec-pairs" }, ...changed.map(({ path, old, new: now }) => pair(nameOf(labels, path), valueNamed(labels, path, old), valueNamed(labels, path, now), SCREENINGS)))
      : el("p", {}, "No answer changed."),
  ];
}

/**
 * @param {string} name
 * @param {string} old
 * @param {string} now
 * @param {Terms} terms
 * @param {string} [note]
 */
function pair(name, old, now, terms, note = "") {
  return el("div", {}, el("dt", {}, name),
    el("dd", {}, el("span", { class: "rec-when" }, `${terms.old}: `), old),
    el("dd", {}, el("span", { class: "rec-when" }, `${terms.new}: `), now),
    ...(note ? [el("dd", { class: "rec-note" }, note)] : []));
}

/**
 * @param {string} title
 * @param {Items} changed
 * @param {{added: string, removed: string, same: string}} words
 * @param {Terms} terms
 * @param {Cites} cites
 */
function items(title, changed, words, terms, cites) {
  const shown = lists(changed, words, terms, cites);
  return [el("h3", {}, title), ...(shown.length > 0 ? shown : [el("p", {}, words.same)])];
}

/**
 * @param {Items} changed
 * @param {{added: string, removed: string, same: string}} words
 * @param {Terms} terms
 * @param {Cites} cites
 * @returns {HTMLElement[]} empty where nothing changed
 */
function lists({ added, removed, due_changed: moved }, words, terms, cites) {
  /** @param {Item} item */
  const shown = (item) => {
    const by = item.when?.due ? ` By ${inWords(item.when.due)}.` : "";
    return el("span", {}, `${item.what ?? item.text ?? item.id}${by} `, item.sources.length > 0 ? cites(item.sources) : "");
  };
  const day = (/** @type {string | null} */ due) => (due ? inWords(due) : "no date");
  return [
    ...(added.length > 0 ? [el("h4", {}, words.added), list(added.map(shown), { class: "rec-added" })] : []),
    ...(removed.length > 0 ? [el("h4", {}, words.removed), list(removed.map(shown), { class: "rec-removed" })] : []),
    ...(moved.length > 0 ? [el("h4", {}, "Another day"), list(moved.map(({ what, old, new: now }) => `${what} ${terms.old}: ${day(old)}. ${terms.new}: ${day(now)}.`), { class: "rec-moved" })] : []),
  ];
}
