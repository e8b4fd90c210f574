/**
 * What a worksheet becomes: a sheet of paper, with lines for the pen where nothing was typed, and plain text to copy.
 */

import { hold } from "../guard.mjs";
import { byId, el } from "../wizard/dom.mjs";
import { say } from "./leaving.mjs";

/** @typedef {import("./sheet.mjs").Part} Part */
/** @typedef {import("./sheet.mjs").Line} Line */

/**
 * A worksheet ready to leave the page; with `keepEmpty`, what was left out stays as a line to write on.
 *
 * @typedef {{heading: string, says: string, keepEmpty: boolean, parts: Part[]}} Sheet
 */

/**
 * What of a worksheet is put out: all of it, or only what was filled in, and always the boxes.
 *
 * @param {Sheet} sheet
 * @returns {Part[]}
 */
function kept(sheet) {
  if (sheet.keepEmpty) return sheet.parts;
  return sheet.parts
    .map((part) => ({ ...part, says: "", blanks: 0, lines: part.lines.filter((line) => line.value || line.kind === "tick") }))
    .filter((part) => part.lines.length > 0 || part.rows.length > 0);
}

/**
 * @param {Sheet} sheet
 * @returns {HTMLElement[]}
 */
export function paperOf(sheet) {
  return [
    el("h1", {}, sheet.heading),
    ...(sheet.says ? [el("p", { class: "tool-paper-says" }, sheet.says)] : []),
    ...kept(sheet).map((part) => el("section", {},
      el("h2", {}, part.title),
      ...(part.says ? [el("p", {}, part.says)] : []),
      ...part.lines.map(lineOnPaper),
      ...(part.heads.length > 0 ? [tableOnPaper(part)] : []))),
  ];
}

/**
 * @param {Line} line
 * @returns {HTMLElement}
 */
function lineOnPaper(line) {
  const told = line.told ? [el("span", { class: "tool-paper-told" }, line.told)] : [];
  if (line.kind === "tick") {
    return el("p", { class: "tool-paper-tick" }, el("span", { class: line.value ? "tick tool-ticked" : "tick" }, line.value ? "✓" : ""), el("span", {}, line.label, ...told));
  }
  if (line.value) return el("p", { class: "tool-paper-line" }, el("b", {}, `${line.label}:`), " ", el("span", {}, line.value), ...told);
  return el("div", { class: "tool-paper-blank" }, el("p", {}, `${line.label}:`, ...told), ...Array.from({ length: line.lines }, () => el("p", { class: "tool-rule" })));
}

/**
 * @param {Part} part
 * @returns {HTMLElement}
 */
function tableOnPaper({ heads, rows, blanks }) {
  const empty = Array.from({ length: Math.max(0, blanks - rows.length) }, () => heads.map(() => ""));
  return el("table", { "data-columns": heads.join(" ") },
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, ...[...rows, ...empty].map((row) => el("tr", {}, ...row.map((value) => (value ? el("td", {}, value) : el("td")))))));
}

/**
 * @param {Sheet} sheet
 * @returns {string}
 */
export function textOf(sheet) {
  const parts = kept(sheet).filter((part) => part.copied).map((part) => {
    const lines = part.lines.map((line) => {
      const said = line.kind === "tick" ? `[${line.value ? "x" : " "}] ${line.label}` : `${line.label}: ${indented(line.value)}`;
      return line.told ? `${said.trimEnd()}\n  (${line.told})` : said.trimEnd();
    });
    return [part.title.toUpperCase(), ...lines, ...part.rows.map((row) => rowAsText(row, part.heads))].join("\n");
  });
  return [sheet.heading.toUpperCase(), sheet.says, "", parts.join("\n\n"), ""].filter((line, index) => line || index > 1).join("\n");
}

/**
 * A row of a table as one point: the first value, then the others with their names.
 *
 * @param {string[]} row
 * @param {string[]} heads
 */
function rowAsText(row, heads) {
  const [first, ...rest] = row.flatMap((value, index) => (value ? [index === 0 ? value : `${heads[index]}: ${value}`] : []));
  return `- ${indented([first, ...rest].join("; "))}`;
}

/** @param {string} text */
const indented = (text) => text.replaceAll("\n", "\n  ");

/**
 * Copy the text, and say so; where the browser forbids it, open the text and select it, to be copied by hand.
 */
export async function copyText() {
  const shown = byId("tool-text");
  try {
    await navigator.clipboard.writeText(shown.textContent ?? "");
    say("Copied.");
    flash("Copied");
  } catch {
    /** @type {HTMLDetailsElement} */ (byId("tool-read")).open = true;
    getSelection()?.selectAllChildren(shown);
    hold();
    shown.focus();
    say("This browser does not let the page copy. The text is selected: copy it with your keyboard or menu.");
  }
}

/**
 * Say on the copy button for a while what it did.
 *
 * @param {string} word
 */
function flash(word) {
  const button = /** @type {HTMLElement} */ (byId("tool").querySelector("[data-copy]"));
  const before = button.dataset["label"] ?? button.textContent ?? "";
  button.dataset["label"] = before;
  button.textContent = word;
  setTimeout(() => {
    button.textContent = before;
  }, 4000);
}
