/** Open a record, or two of the same child: what each says, under its own rules and today's, and what changed between. */

import { hold } from "../guard.mjs";
import { blanks, comparisonShown } from "../records/comparison.mjs";
import { notChecked, openedShown } from "../records/opened.mjs";
import { openRecord } from "../records/opening.mjs";
import { HANDED_OVER, readRecordFile, RecordError, refused } from "../records/record_file.mjs";
import { dayInWords } from "../wizard/dates.mjs";
import { byId, el } from "../wizard/dom.mjs";
import { startEngine } from "./engine.mjs";
import { say, setUpLeaving } from "./leaving.mjs";

/** @typedef {import("../records/opening.mjs").OpenRecord} OpenRecord */
/** @typedef {{input: HTMLInputElement, said: HTMLElement, text: string, open: OpenRecord | null, round: number}} Slot */

const results = byId("records");
const body = byId("records-body");
/** @type {{labels: import("../records/words.mjs").Labels, places: Record<string, string>}} */
const { labels, places } = JSON.parse(byId("tool-data").textContent ?? "{}");
/** @type {Slot[]} */
const slots = ["first", "second"].map((name) => ({
  input: /** @type {HTMLInputElement} */ (byId(`${name}-record`)), said: byId(`${name}-said`), text: "", open: null, round: 0,
}));

/** @param {string[]} ids */
function cites(ids) {
  const links = ids.flatMap((id, index) => {
    const place = places[id];
    const link = place === undefined ? id : el("a", { class: "cite", href: place }, id);
    return index === 0 ? [link] : [", ", link];
  });
  return el("small", { class: "cites" }, "[", ...links, "]");
}

/**
 * @param {Slot} slot
 * @param {File} file
 */
async function choose(slot, file) {
  forget(slot);
  const round = slot.round;
  try {
    const { text } = await readRecordFile(file);
    if (round !== slot.round) return;
    slot.text = text;
    await open(slot);
  } catch (reason) {
    if (round === slot.round) failed(slot, reason);
  }
}

/** @param {Slot} slot whose text is there; waits where the engine is not ready: it is called again then */
async function open(slot) {
  const round = ++slot.round;
  const engine = started.current();
  slot.said.replaceChildren(el("p", { class: "cse-hint" }, "Opening the record. The first time this takes a few seconds."));
  say("Opening the record.");
  showClear();
  if (engine?.state !== "ready") return;
  try {
    const found = await openRecord(slot.text, engine, started.another);
    if (round !== slot.round) return;
    slot.open = found;
    slot.said.replaceChildren(el("p", { class: "rec-is-open" }, `Open: the record of ${dayInWords(found.opened.made_at)}.`));
    await show();
  } catch (reason) {
    if (round !== slot.round) return;
    if (reason instanceof RecordError) failed(slot, reason);
    else started.fail(); // the text stays: it is opened once the engine is back
  }
}

/**
 * @param {Slot} slot
 * @param {unknown} reason
 */
function failed(slot, reason) {
  slot.text = "";
  const says = reason instanceof RecordError ? reason.message : "This file could not be opened. Choose it again.";
  const details = reason instanceof RecordError ? reason.details : [];
  slot.said.replaceChildren(
    el("p", { class: "cse-error", role: "alert" }, says),
    ...(details.length > 0 ? [el("details", { class: "cse-details" }, el("summary", {}, "What was found"), el("ul", {}, ...details.slice(0, 20).map((one) => el("li", {}, one))))] : []));
  slot.input.setAttribute("aria-invalid", "true");
  void show();
}

/** @param {Slot} slot */
function forget(slot) {
  slot.round += 1;
  slot.text = "";
  slot.open = null;
  slot.said.replaceChildren();
  slot.input.removeAttribute("aria-invalid");
}

/** Show what is open: nothing, one record, or two and what changed between them. */
async function show() {
  const open = slots.flatMap((slot) => (slot.open ? [slot.open] : []));
  open.sort((one, other) => one.opened.made_at.localeCompare(other.opened.made_at));
  const [earlier, later] = open;
  const shown = earlier && later ? await twoShown(earlier, later) : earlier ? [openedShown(earlier, labels, cites)] : [];
  hold();
  body.replaceChildren(...shown);
  results.hidden = shown.length === 0;
  showClear();
  const title = /** @type {HTMLElement | null} */ (body.querySelector(".rec-title"));
  title?.focus();
  if (title) say(later ? "Both records are open. See below what has changed." : "The record is open.");
}

/**
 * @param {OpenRecord} earlier
 * @param {OpenRecord} later
 * @returns {Promise<HTMLElement[]>}
 */
async function twoShown(earlier, later) {
  if (earlier.text === later.text) return [el("p", { class: "cse-panel cse-panel--info rec-same" }, "Both files hold the same record. Choose another one to compare it with."), openedShown(earlier, labels, cites)];
  const engine = started.current();
  const answer = engine ? JSON.parse(await engine.call("compare", earlier.text, later.text)) : { errors: [] };
  if (answer.errors) return [el("p", { class: "cse-error", role: "alert" }, refused(answer.errors).message)];
  const whole = [["The earlier record", earlier], ["The later record", later]].map(([title, record]) =>
    el("details", { class: "cse-details cse-no-print" }, el("summary", {}, /** @type {string} */ (title)), el("div", {}, openedShown(/** @type {OpenRecord} */ (record), labels, cites))));
  return [
    blanks([["Child’s name", "Case number"], ["Compared by (name, role)", "Date"]]),
    ...perhapsAnotherChild(earlier, later), ...notChecked("earlier", earlier), ...notChecked("later", later),
    comparisonShown(answer, labels, cites),
    ...whole,
  ];
}

/**
 * Records hold no names: only what they say of the age can tell that they are of two children.
 *
 * @param {OpenRecord} earlier
 * @param {OpenRecord} later
 */
function perhapsAnotherChild(earlier, later) {
  const [then, now] = [earlier, later].map(({ opened }) => opened.case["child"] ?? {});
  const born = then.date_of_birth && now.date_of_birth && then.date_of_birth !== now.date_of_birth;
  const younger = typeof then.age === "number" && typeof now.age === "number" && now.age < then.age;
  if (!born && !younger) return [];
  return [el("p", { class: "cse-panel cse-panel--warning rec-same" }, `Are both of the same child? ${born ? "They give two dates of birth." : "The later record gives a lower age."}`)];
}

/** Hand the record, of two the later one, to the wizard in this tab. */
function screenAgain() {
  const [latest] = slots.flatMap((slot) => (slot.open ? [slot.open] : [])).sort((one, other) => other.opened.made_at.localeCompare(one.opened.made_at));
  if (!latest) return;
  const address = byId("tool").dataset["screening"] ?? "";
  try {
    sessionStorage.setItem(HANDED_OVER, latest.text);
  } catch {
    byId("again-said").replaceChildren(el("p", { class: "cse-error", role: "alert" }, "This browser does not let pages hand anything over. ", el("a", { href: address }, "Open the wizard"), " and open the record there."));
    return;
  }
  location.assign(`${address}#rescreen`);
}

for (const slot of slots) {
  // Without this a file of the same name, saved anew, could not be opened again.
  slot.input.addEventListener("click", () => {
    slot.input.value = "";
  });
  slot.input.addEventListener("change", () => {
    const [file] = slot.input.files ?? [];
    if (file) void choose(slot, file);
  });
}
body.addEventListener("click", (event) => {
  if (!(event.target instanceof HTMLElement) || event.target.dataset["again"] === undefined) return;
  for (const slot of slots) {
    if (slot.open?.checked.how === "failed") void open(slot);
  }
});
byId("records").querySelector("[data-screen-again]")?.addEventListener("click", screenAgain);

const showClear = setUpLeaving({
  filled: () => slots.some((slot) => slot.text !== ""),
  warn: false, // the files stay where they are
  clear: () => {
    for (const slot of slots) {
      forget(slot);
      slot.input.value = "";
    }
    byId("again-said").replaceChildren();
    void show();
  },
});
const started = startEngine({
  title: "Records cannot be opened just now",
  instead: "The files stay as they are. Try again.",
  ready: () => {
    for (const slot of slots) {
      if (slot.text && !slot.open) void open(slot);
    }
  },
});
