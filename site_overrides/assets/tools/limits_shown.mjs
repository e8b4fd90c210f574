/**
 * The time limits as the page shows them. Dates, rules and paragraphs come from the engine; nothing is worked out here.
 */

import { inWords } from "../wizard/dates.mjs";
import { el } from "../wizard/dom.mjs";

/**
 * A time limit as the engine gives it; `from` names the start it is counted from, `reason` says why a date stays open.
 *
 * @typedef {{id: string, what: string, who: string, when: {rule: string, from: string, due: string | null, reason?: string}, sources: string[]}} Limit
 */

/**
 * @param {Limit[]} limits
 * @param {Record<string, string>} starts what was given, by name
 * @param {(name: string) => string} named what a start is called on the page
 * @param {Record<string, string>} places where each paragraph is published
 * @returns {HTMLElement[]}
 */
export function shown(limits, starts, named, places) {
  const given = Object.entries(starts).map(([name, value]) => el("div", {}, el("dt", {}, named(name)), el("dd", {}, inWords(value))));
  const [counted, waiting] = [limits.filter(({ when }) => starts[when.from]), limits.filter(({ when }) => !starts[when.from])];
  counted.sort((one, other) => (one.when.due ?? "9999").localeCompare(other.when.due ?? "9999")); // the nearest first
  return [
    el("dl", { class: "cse-summary" }, ...given),
    el("ol", { class: "tool-limits" }, ...counted.map((limit) => item(limit, places))),
    ...(waiting.length > 0 ? [
      el("h3", {}, "No date yet"),
      el("ul", {}, ...waiting.map((limit) => el("li", {}, `${limit.what} ${limit.when.rule}. Wanted for it: ${inSentence(named(limit.when.from))}. `, cites(limit.sources, places)))),
    ] : []),
  ];
}

/** @param {string} name as it stands at the head of a field */
const inSentence = (name) => name.charAt(0).toLowerCase() + name.slice(1);

/**
 * @param {Limit} limit
 * @param {Record<string, string>} places
 */
function item(limit, places) {
  const { due, reason, rule } = limit.when;
  const applies = document.querySelector(`template[data-applies="${CSS.escape(limit.id)}"]`);
  return el("li", { class: "tool-limit", "data-limit": limit.id },
    el("h3", {}, limit.what),
    due ? el("p", { class: "tool-due" }, "By ", el("time", { datetime: due }, inWords(due))) : el("p", { class: "tool-due" }, "No date can be given"),
    ...(reason ? [el("p", {}, reason)] : []),
    el("p", {}, `${rule}. `, cites(limit.sources, places)),
    ...(applies instanceof HTMLTemplateElement ? [applies.content.cloneNode(true)] : []),
    el("p", { class: "cse-hint" }, `Who: ${limit.who}`));
}

/**
 * @param {string[]} ids
 * @param {Record<string, string>} places
 */
function cites(ids, places) {
  const links = ids.flatMap((id, index) => {
    const place = places[id];
    const link = place === undefined ? id : el("a", { class: "cite", href: place }, id);
    return index === 0 ? [link] : [", ", link];
  });
  return el("small", { class: "cites" }, "[", ...links, "]");
}
