// Shows hits as a list of links: the page, the paragraph's number, and the piece of text that the words were found in.

import { split, stem } from "./ranking.mjs";

/** @typedef {import("./ranking.mjs").Hit} Hit */

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {string} [text]
 */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * The list of hits. Every hit is one link, named by the page's title and where in it.
 * @param {Hit[]} hits @param {string[]} terms stems to mark @param {string} root the site's start page as an address
 */
export function hitList(hits, terms, root) {
  const list = element("ol", "hits");
  for (const hit of hits) {
    const link = /** @type {HTMLAnchorElement} */ (element("a", "hit"));
    link.href = new URL(hit.url, root).href;
    link.append(element("b", "", hit.title));
    const where = hit.note ? `editor’s note: ${hit.heading}` : hit.label || (hit.heading === hit.title ? "" : hit.heading);
    if (where) link.append(" ", element("span", "hit-where", where));
    const text = snippet(hit.text, terms);
    if (text.childNodes.length) link.append(text);
    const item = element("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

/**
 * About 30 words around the first place where the terms stand, with the terms marked.
 * @param {string} text @param {string[]} terms
 */
function snippet(text, terms) {
  const wanted = new Set(terms);
  const words = text.split(" ").filter(Boolean);
  const marked = words.map((word) => split(word).some((part) => wanted.has(stem(part))));
  const from = Math.max(0, marked.indexOf(true) - 8);
  const line = element("span", "hit-text");
  words.slice(from, from + 30).forEach((word, i) => line.append(i ? " " : from ? "… " : "", marked[from + i] ? element("mark", "", word) : word));
  if (words.length > from + 30) line.append(" …");
  return line;
}

/** Who to ring: the answer that stands above all others. @param {string} root */
export function ringFirst(root) {
  const box = element("div", "ring");
  const line = element("p");
  const danger = /** @type {HTMLAnchorElement} */ (element("a", "cse-phone", "999"));
  danger.href = "tel:999";
  const others = /** @type {HTMLAnchorElement} */ (element("a", "", "Who to ring in your area"));
  others.href = new URL("contacts/", root).href;
  line.append("Danger now: ", danger, ". ", others);
  box.append(line);
  return box;
}

/**
 * What was found, in a sentence that is read aloud.
 * @param {number} count @param {string} query @param {[string, string][]} corrected @param {boolean} [more] whether there are more than these
 */
export function summary(count, query, corrected, more = false) {
  const read = corrected.map(([typed, better]) => `“${better}” for “${typed}”`).join(", ");
  const reading = read ? `Searched ${read}. ` : "";
  if (!count) return `${reading}Nothing found for “${query}”. Try fewer or other words.`;
  return `${reading}${count === 1 ? "1 result" : `${more ? "The best " : ""}${count} results`}.`;
}
