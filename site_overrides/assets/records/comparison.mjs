/**
 * Two screenings of one child side by side, as the engine compared them. Nothing is compared or judged here.
 *
 *   comparisonShown(comparison, labels)           what the engine's `compare` gives, parsed; words by path
 *   comparisonShown(comparison, labels, cites)    with paragraphs as the page's own links
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

const WENT = { up: "Higher than last time", down: "Lower than last time", same: "No change" };
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
    ...results(comparison, labels),
    rules(comparison),
    ...answers(comparison, labels),
    ...items("The plan", comparison.actions, { added: "New in the plan", removed: "No longer in the plan", same: "The plan is the same." }, cites),
    ...items("What to keep in mind", comparison.warnings, { added: "New", removed: "No longer said", same: "The same as before." }, cites));
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
 */
function results({ route, outcome }, labels) {
  return [
    el("h3", {}, "Decision and outcome"),
    el("dl", { class: "rec-pairs" },
      pair("Decision", routeNamed(labels, route.old), routeNamed(labels, route.new), went(route)),
      pair("Outcome that stands", outcomeNamed(labels, outcome.final.old), outcomeNamed(labels, outcome.final.new), went({ ...outcome.final, direction: outcome.direction })),
      pair("What the answers point to", outcomeNamed(labels, outcome.indicated.old), outcomeNamed(labels, outcome.indicated.new)),
      pair("Own judgement", outcomeNamed(labels, outcome.judged.old), outcomeNamed(labels, outcome.judged.new))),
  ];
}

/** @param {{old: string | null, new: string | null, direction: Direction}} moved */
function went({ old, new: now, direction }) {
  if (direction !== null) return WENT[direction];
  return old === now ? WENT.same : "The two cannot be set in order";
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
      ? el("dl", { class: "rec-pairs" }, ...changed.map(({ path, old, new: now }) => pair(nameOf(labels, path), valueNamed(labels, path, old), valueNamed(labels, path, now))))
      : el("p", {}, "No answer changed."),
  ];
}

/**
 * @param {string} name
 * @param {string} old
 * @param {string} now
 * @param {string} [note]
 */
function pair(name, old, now, note = "") {
  return el("div", {}, el("dt", {}, name),
    el("dd", {}, el("span", { class: "rec-when" }, "Earlier: "), old),
    el("dd", {}, el("span", { class: "rec-when" }, "Later: "), now),
    ...(note ? [el("dd", { class: "rec-note" }, note)] : []));
}

/**
 * @param {string} title
 * @param {Items} changed
 * @param {{added: string, removed: string, same: string}} words
 * @param {Cites} cites
 */
function items(title, { added, removed, due_changed: moved }, words, cites) {
  /** @param {Item} item */
  const shown = (item) => {
    const by = item.when?.due ? ` By ${inWords(item.when.due)}.` : "";
    return el("span", {}, `${item.what ?? item.text ?? item.id}${by} `, item.sources.length > 0 ? cites(item.sources) : "");
  };
  const day = (/** @type {string | null} */ due) => (due ? inWords(due) : "no date");
  return [
    el("h3", {}, title),
    ...(added.length > 0 ? [el("h4", {}, words.added), list(added.map(shown), { class: "rec-added" })] : []),
    ...(removed.length > 0 ? [el("h4", {}, words.removed), list(removed.map(shown), { class: "rec-removed" })] : []),
    ...(moved.length > 0 ? [el("h4", {}, "Another day"), list(moved.map(({ what, old, new: now }) => `${what} Earlier: ${day(old)}. Later: ${day(now)}.`), { class: "rec-moved" })] : []),
    ...(added.length + removed.length + moved.length === 0 ? [el("p", {}, words.same)] : []),
  ];
}
