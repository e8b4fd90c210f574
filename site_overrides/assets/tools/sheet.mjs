/**
 * A worksheet in the page: its sections and fields as the template made them, the entries that can be added, and what it holds.
 *
 * What a worksheet asks is in docs/_data/tools/; nothing here knows which one it is.
 */

import { hold } from "../guard.mjs";
import { inWords, readDay, shortYear } from "../wizard/dates.mjs";

/**
 * One line of a worksheet: a field with what was typed, or a box with its tick. `told` is what an opened record says of it.
 *
 * @typedef {{kind: "line" | "words" | "tick", label: string, value: string, lines: number, told: string}} Line
 */

/**
 * A section: what it says for paper, its lines, or a table of entries with room for `blanks` rows.
 *
 * @typedef {{title: string, says: string, copied: boolean, lines: Line[], heads: string[], rows: string[][], blanks: number}} Part
 */

/** @param {string | null | undefined} text */
export const plain = (text) => (text ?? "").replaceAll(/\s+/g, " ").trim();

/**
 * A day as it goes into the text: in words where it can be read, else as it was typed.
 *
 * @param {string} typed
 */
const dayOf = (typed) => {
  const day = readDay(typed);
  return day ? inWords(day) : typed;
};

/**
 * The value of a field as it is shown: trimmed, days in words, ticks as "yes" or "".
 *
 * @param {Element} field
 * @returns {string}
 */
export function valueOf(field) {
  const control = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (field.querySelector("input, textarea"));
  if (control instanceof HTMLInputElement && control.type === "checkbox") return control.checked ? "yes" : "";
  const typed = control.value.trim();
  return field.getAttribute("data-kind") === "day" ? dayOf(typed) : typed;
}

/**
 * What a field is called in the text.
 *
 * @param {Element} field
 */
export const nameOf = (field) => field.getAttribute("data-out") ?? plain(field.querySelector(".cse-label, .tool-label")?.textContent);

/**
 * What a worksheet holds: the sections that are shown, in order.
 *
 * @param {HTMLElement} form
 * @returns {Part[]}
 */
export function readSheet(form) {
  return shownSections(form).map((section) => {
    const part = {
      title: section.dataset["title"] ?? "", says: plain(section.querySelector(".tool-says")?.textContent), copied: !("notCopied" in section.dataset),
      lines: linesOf(section), heads: [], rows: [], blanks: 0,
    };
    if (section.querySelector("[data-entries]")) return { ...part, lines: [], ...entriesOf(section) };
    if (section.querySelector("[data-person]")) return { ...part, ...peopleOf(section) };
    return part;
  });
}

/** @param {HTMLElement} form */
const shownSections = (form) => /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-section]:not([hidden])")]);

/**
 * @param {HTMLElement} section
 * @returns {Line[]}
 */
function linesOf(section) {
  return [...section.querySelectorAll("[data-field]")].map((field) => {
    const kind = field.getAttribute("data-kind");
    const told = /** @type {HTMLElement | null} */ (field.querySelector("[data-told]:not([hidden])"));
    return {
      kind: kind === "tick" || kind === "words" ? kind : "line",
      label: nameOf(field), value: valueOf(field), lines: Number(field.getAttribute("data-lines") ?? 1), told: plain(told?.textContent),
    };
  });
}

/** @param {HTMLElement} section */
function entriesOf(section) {
  const entries = [...section.querySelectorAll("[data-entry]")];
  const fields = entries.map((entry) => [...entry.querySelectorAll("[data-field]")]);
  const rows = fields.map((own) => own.map(valueOf)).filter((row) => row.some((value) => value));
  return { heads: (fields[0] ?? []).map(nameOf), rows, blanks: Number(section.dataset["blanks"] ?? 0) };
}

/** @param {HTMLElement} section */
function peopleOf(section) {
  const rows = [...section.querySelectorAll("[data-person]")].map((person) => {
    const invited = /** @type {HTMLInputElement} */ (person.querySelector("[type=checkbox]")).checked;
    const name = /** @type {HTMLInputElement} */ (person.querySelector("[type=text]")).value.trim();
    return [plain(person.querySelector(".tool-label")?.textContent).replace(/^Invite: /, ""), name, invited ? "yes" : "", ""];
  });
  return { heads: ["Who", "Name", "Invited", "Came"], rows, blanks: 0 };
}

/**
 * Whether anything was typed or ticked.
 *
 * @param {HTMLElement} form
 */
export function anythingIn(form) {
  return [...form.querySelectorAll("input, textarea")].some((found) => {
    const control = /** @type {HTMLInputElement} */ (found);
    return control.type === "checkbox" ? control.checked : control.type !== "radio" && control.value.trim() !== "";
  });
}

/**
 * Let entries be added and removed.
 *
 * @param {HTMLElement} form
 * @param {(said: string) => void} changed called with what a screen reader should say
 * @returns {() => void} takes every entry but the first away
 */
export function setUpEntries(form, changed) {
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-entries]"))) {
    const add = /** @type {HTMLButtonElement} */ (list.parentElement?.querySelector("[data-add]"));
    add.addEventListener("click", () => {
      const first = /** @type {HTMLElement} */ (list.querySelector("[data-entry]"));
      const made = /** @type {HTMLElement} */ (first.cloneNode(true));
      for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (made.querySelectorAll("input, textarea"))) control.value = "";
      for (const echo of made.querySelectorAll("[data-echo]")) echo.textContent = "";
      list.append(made);
      number(list);
      hold(); // the focus moves, and the page with it
      /** @type {HTMLElement | null} */ (made.querySelector("input, textarea"))?.focus();
      changed(`${list.dataset["name"]} ${list.children.length} added.`);
    });
    list.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-remove]") : null;
      const entry = button?.closest("[data-entry]");
      if (!entry) return;
      const said = plain(entry.querySelector("[data-entry-name]")?.textContent);
      entry.remove();
      number(list);
      hold();
      add.focus();
      changed(`${said} removed.`);
    });
    number(list);
  }
  return () => {
    for (const list of form.querySelectorAll("[data-entries]")) {
      for (const entry of [...list.querySelectorAll("[data-entry]")].slice(1)) entry.remove();
      number(/** @type {HTMLElement} */ (list));
    }
  };
}

/**
 * Number the entries of a list, in what is shown, in ids and in names; the last one cannot be removed.
 *
 * @param {HTMLElement} list
 */
function number(list) {
  [...list.children].forEach((entry, index) => {
    for (const shown of entry.querySelectorAll("[data-entry-name]")) shown.textContent = `${list.dataset["name"]} ${index + 1}`;
    for (const one of entry.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        const value = one.getAttribute(name);
        if (value) one.setAttribute(name, value.replace(/-\d+-/, `-${index + 1}-`));
      }
    }
    for (const control of entry.querySelectorAll("[name]")) {
      control.setAttribute("name", (control.getAttribute("name") ?? "").replace(/\.\d+\./, `.${index + 1}.`));
    }
    /** @type {HTMLElement} */ (entry.querySelector("[data-remove]")).hidden = list.children.length === 1;
  });
}

/**
 * Show beside each date field how its date is read.
 *
 * @param {HTMLElement} form
 */
export function showDays(form) {
  for (const echo of form.querySelectorAll("[data-echo]")) {
    const input = /** @type {HTMLInputElement} */ (echo.parentElement?.querySelector("input"));
    const day = readDay(input.value);
    echo.textContent = day ? `That is ${inWords(day)}.` : shortYear(input.value) ? "Give the year in four figures, such as 2012." : "";
  }
}
