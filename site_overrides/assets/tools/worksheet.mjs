/**
 * A worksheet at work: reads what was typed after each change, and keeps paper and text up to date. Nothing is stored or sent.
 */

import { byId } from "../wizard/dom.mjs";
import { say, setUpLeaving } from "./leaving.mjs";
import { copyText, paperOf, textOf } from "./output.mjs";
import { anythingIn, readSheet, setUpEntries, showDays } from "./sheet.mjs";

/** @typedef {import("./output.mjs").Sheet} Sheet */

/**
 * Start the worksheet of this page.
 *
 * @param {object} [own] what this worksheet has of its own
 * @param {(form: HTMLFormElement) => void} [own.changed] called after each change, before paper and text are made
 * @param {(sheet: Sheet) => Sheet} [own.finish] adds to what is put out
 * @param {() => boolean} [own.holds] whether it keeps anything beside its fields
 * @param {() => void} [own.cleared] forgets what the worksheet keeps beside its fields
 * @returns {() => void} takes in a change that was made by script
 */
export function startWorksheet({ changed, finish = (sheet) => sheet, holds = () => false, cleared } = {}) {
  const root = byId("tool");
  const form = /** @type {HTMLFormElement} */ (byId("tool-form"));
  const title = byId("main").querySelector("h1")?.textContent ?? "";
  const toFirstEntries = setUpEntries(form, (said) => {
    takeIn();
    say(said);
  });
  const showClear = setUpLeaving({
    filled: () => anythingIn(form) || holds(),
    clear: () => {
      form.reset();
      toFirstEntries();
      cleared?.();
      takeIn();
    },
  });

  /** @returns {Sheet} */
  const sheet = () => finish({
    heading: root.dataset["heading"] ?? title, says: root.dataset["says"] ?? "", keepEmpty: "keepEmpty" in root.dataset, parts: readSheet(form),
  });

  function takeIn() {
    showDays(form);
    changed?.(form);
    const now = sheet();
    byId("tool-paper").replaceChildren(...paperOf(now));
    byId("tool-text").textContent = textOf(now);
    showClear();
  }

  form.addEventListener("input", takeIn);
  form.addEventListener("change", takeIn);
  form.addEventListener("submit", (event) => event.preventDefault());
  root.querySelector("[data-copy]")?.addEventListener("click", () => void copyText());
  takeIn();
  return takeIn;
}
