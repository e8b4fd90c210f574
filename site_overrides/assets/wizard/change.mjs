/**
 * What would change the decision, as the engine works it out: which unknown answers matter most, and what other answers
 * would come to. It never advises to change an answer; nothing is worked out here.
 */

import { nameOf, routeNamed, valueNamed } from "../records/words.mjs";
import { byId, el, list } from "./dom.mjs";

/** @typedef {import("../records/words.mjs").Labels} Labels */
/** @typedef {{changes: {path: string, from: string, to: string}[], route: string}} Alternative */
/** @typedef {{raise: Alternative[], lower: Alternative[], find_out: {path: string, routes: Record<string, string>}[]}} WhatIf */

/**
 * What is needed to tell it.
 *
 * @typedef {object} Telling
 * @property {Labels} labels
 * @property {(ids: string[]) => HTMLElement} cites
 * @property {(path: string) => {page: string, short: string} | null} questionOf
 */

/** Title and opening words, and what stands below them. @param {Telling} telling @param {...(Node | string)} rest */
function section(telling, ...rest) {
  return [
    el("h3", { class: "wizard-part", id: "what-if-title" }, "What would change this"),
    el("p", {}, "An answer says what is known, whatever it leads to. This tells what the rules would say if more were known, or if an answer turned out otherwise ", telling.cites(["S4(3)", "R12.3"]), "."),
    ...rest,
  ];
}

/**
 * Work out what would change a decision and show it, without holding the decision up.
 *
 * @param {import("./deciding.mjs").Deciding} deciding
 * @param {string} caseText
 * @param {Telling} telling
 */
export async function showChange(deciding, caseText, telling) {
  const place = byId("what-if");
  place.dataset["state"] = "waiting";
  place.replaceChildren(...section(telling, el("p", { class: "wizard-waiting" }, "Being worked out.")));
  try {
    const found = JSON.parse(await deciding.call("what_if", caseText));
    if (found.errors) throw new Error("The engine refused the case.");
    place.replaceChildren(...section(telling, ...told(found, telling)));
    place.dataset["state"] = "told";
  } catch {
    place.replaceChildren(...section(telling, el("p", {}, "This could not be worked out just now. The decision above holds. To try again, go to a question and come back.")));
    place.dataset["state"] = "failed";
  }
}

/**
 * @param {WhatIf} found
 * @param {Telling} telling
 * @returns {HTMLElement[]}
 */
function told(found, telling) {
  const { find_out: open, raise, lower } = found;
  if (open.length + raise.length + lower.length === 0) return [el("p", {}, "No one answer, and no two together, would lead to another decision.")];
  return [
    ...(open.length > 0 ? [el("h4", {}, "What matters most to find out"), list(open.map((one) => openAnswer(one, telling)), { id: "find-out-first" })] : []),
    ...alternatives("Answers that would lead to more", raise, telling),
    ...alternatives("Answers that would lead to less", lower, telling),
  ];
}

/**
 * @param {{path: string, routes: Record<string, string>}} open
 * @param {Telling} telling
 */
function openAnswer({ path, routes }, { labels, questionOf }) {
  const question = questionOf(path === "child.age" ? "child.date_of_birth" : path);
  const name = nameOf(labels, path);
  const link = question?.page ? el("a", { href: `#${question.page}`, "data-go": question.page, "data-from": "check" }, name) : name;
  return el("span", {}, link, `. ${said(Object.entries(routes), path, labels)}`);
}

/**
 * Values with the decision each would lead to: "Yes: Ring 999 now. No: Your judgement is needed."
 *
 * @param {[string, string][]} values
 * @param {string} path
 * @param {Labels} labels
 */
const said = (values, path, labels) => values.map(([value, route]) => `${valueNamed(labels, path, value)}: ${routeNamed(labels, route)}.`).join(" ");

/**
 * @param {string} title
 * @param {Alternative[]} found
 * @param {Telling} telling
 * @returns {HTMLElement[]}
 */
function alternatives(title, found, { labels }) {
  if (found.length === 0) return [];
  /** @type {Map<string, [string, string][]>} */
  const single = new Map();
  for (const { changes: [first, second], route } of found) {
    if (first && !second) single.set(first.path, [...(single.get(first.path) ?? []), [first.to, route]]);
  }
  const pairs = found.filter(({ changes }) => changes.length > 1);
  const lines = [
    ...[...single].map(([path, values]) => `${nameOf(labels, path)}. ${said(values, path, labels)}`),
    ...pairs.map(({ changes, route }) => `${changes.map(({ path, to }) => `${nameOf(labels, path)}: ${valueNamed(labels, path, to)}`).join(", and ")}. Then: ${routeNamed(labels, route)}.`),
  ];
  return [el("details", { class: "cse-details" }, el("summary", {}, title), list(lines))];
}
