/** Time limits: starts in, the engine's dates out, for the screen, the printer and the calendar. No rule stands here. */

import { hold } from "../guard.mjs";
import { byId, el, errorSummary } from "../wizard/dom.mjs";
import { startEngine } from "./engine.mjs";
import { say, setUpLeaving } from "./leaving.mjs";
import { shown } from "./limits_shown.mjs";
import { anythingIn, plain } from "./sheet.mjs";

/** @typedef {{path: string, found: string, wanted: string, mend: string}} Problem */

const form = byId("tool-form");
const results = byId("limits");
/** @type {Record<string, string>} */
const places = JSON.parse(byId("tool-data").textContent ?? "{}");
const inputs = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[name]")]);
/** Rises with each question, so that an answer that comes too late is not shown. */
let asked = 0;
/** Whether dates wait for the engine. */
let waiting = false;

/** What was given, by name, empty fields left out. */
const starts = () => Object.fromEntries(inputs.filter(({ value }) => value).map(({ name, value }) => [name, value]));
/** @param {string} name */
const named = (name) => {
  const input = inputs.find((one) => one.name === name);
  return plain(input && form.querySelector(`label[for="${input.id}"]`)?.textContent).replace(/, if it was held: date$|: date and time$/, "");
};

/** Ask for the dates and show them. */
async function workOut() {
  clearErrors();
  const unfinished = inputs.filter(({ validity }) => validity.badInput);
  if (unfinished.length > 0) return showErrors(unfinished.map(({ name }) => ({ path: name, says: `${named(name)}: give it in full` })));
  if (Object.keys(starts()).length === 0) return showErrors([{ path: "made_at", says: "Give the date and time of the referral, or the date of a meeting" }]);
  const engine = started.current();
  waiting = engine?.state !== "ready";
  if (waiting || !engine) {
    say("Working out the dates. The first time this takes a few seconds.");
    return;
  }
  const round = ++asked;
  const given = starts();
  try {
    const answer = JSON.parse(await engine.call("time_limits", JSON.stringify(given)));
    if (round !== asked) return;
    if (answer.errors) return showErrors(answer.errors.map((/** @type {Problem} */ { path, found, wanted }) => ({ path, says: `${named(path) || "The dates"}: found ${found}, wanted ${wanted}` })));
    hold();
    byId("limits-body").replaceChildren(...shown(answer.limits, given, named, places));
    results.hidden = false;
    byId("limits-title").focus();
    say("The dates are worked out.");
  } catch {
    if (round === asked) started.fail();
  }
}

/** @param {{path: string, says: string}[]} mistakes */
function showErrors(mistakes) {
  waiting = false;
  const links = mistakes.map(({ path, says }) => {
    const input = inputs.find(({ name }) => name === path) ?? /** @type {HTMLInputElement} */ (inputs[0]);
    const group = input.closest(".cse-group");
    group?.classList.add("cse-invalid");
    const note = el("p", { class: "cse-error", id: `${input.id}-error` }, el("span", { class: "cse-hidden" }, "Error: "), says);
    input.before(note);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${note.id} ${input.dataset["hint"] ?? ""}`.trim());
    const link = el("a", { href: `#${input.id}` }, says);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    return link;
  });
  const summary = errorSummary(links);
  hold();
  byId("tool-errors").replaceChildren(summary);
  summary.focus();
}

function clearErrors() {
  byId("tool-errors").replaceChildren();
  for (const note of form.querySelectorAll(".cse-error")) note.remove();
  for (const group of form.querySelectorAll(".cse-invalid")) group.classList.remove("cse-invalid");
  for (const input of inputs) {
    input.removeAttribute("aria-invalid");
    if (input.dataset["hint"]) input.setAttribute("aria-describedby", input.dataset["hint"]);
    else input.removeAttribute("aria-describedby");
  }
}

/** Forget the dates shown: they no longer follow from what is given. */
function forgetDates() {
  asked += 1;
  waiting = false;
  results.hidden = true;
  byId("limits-body").replaceChildren();
}

/** Hand over the calendar file, made by the engine. */
async function saveCalendar() {
  const engine = started.current();
  if (!engine) return;
  try {
    const calendar = await engine.call("time_limits_calendar", JSON.stringify(starts()));
    if (!calendar.startsWith("BEGIN:VCALENDAR")) {
      say("There is no date to save.");
      return;
    }
    const address = URL.createObjectURL(new Blob([calendar], { type: "text/calendar" }));
    el("a", { href: address, download: "time-limits.ics" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    say("The calendar file is saved. There is no name in it.");
  } catch {
    started.fail();
  }
}

for (const input of inputs) input.dataset["hint"] = input.getAttribute("aria-describedby") ?? "";
const showClear = setUpLeaving({
  filled: () => anythingIn(form),
  clear: () => {
    /** @type {HTMLFormElement} */ (form).reset();
    clearErrors();
    forgetDates();
  },
});
form.addEventListener("input", () => {
  forgetDates();
  showClear();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void workOut();
});
results.querySelector("[data-calendar]")?.addEventListener("click", () => void saveCalendar());
const started = startEngine({
  title: "The dates cannot be worked out just now",
  instead: "What you gave is kept. Try again, or count by the rules below.",
  ready: () => {
    if (waiting) void workOut();
  },
});
