/**
 * Practice mode of the wizard: /screening/?practice=ID marks the page, shows the made-up story, fills nothing in, and sets
 * the learner's answers and decision beside the expected ones. Without ?practice it does nothing.
 *
 * The wizard imports this file and tells of each decision by a "decided" event on its form.
 */

import { hold } from "../guard.mjs";
import { DecisionPage } from "../wizard/decision.mjs";
import { byId, el, list } from "../wizard/dom.mjs";

/**
 * A practice case as the build made it: what the engine decides on its answers is the expected answer.
 *
 * @typedef {object} PracticeCase
 * @property {string} id
 * @property {string} title
 * @property {string[]} story
 * @property {string[]} why with citations in square brackets
 * @property {Record<string, string>} answers by path
 * @property {string} route
 * @property {string | null} final
 * @property {{id: string, what: string}[]} actions
 */

/** @typedef {import("../wizard/decision.mjs").Decision} Decision */

const NOT_KNOWN = "not_known";
/** Answers that are words of one's own: any will do. */
const OWN_WORDS = /\.(reason|consulted|note|when)$/;

const wanted = new URLSearchParams(location.search).get("practice");

if (wanted !== null) begin(wanted);

/** @param {string} id */
async function begin(id) {
  document.documentElement.dataset["practice"] = "on";
  document.title = `PRACTICE – ${document.title}`;
  document.head.append(el("link", { rel: "stylesheet", href: new URL("practice.css", import.meta.url).href }));
  /** @type {PracticeCase | undefined} */
  let practised;
  /** @type {Decision | null} */
  let decided = null;
  byId("wizard-form").addEventListener("decided", (event) => {
    decided = /** @type {CustomEvent<Decision | null>} */ (event).detail;
    if (practised) compare(practised, decided);
  });
  const banner = el("aside", { class: "practice-banner", id: "practice", "aria-label": "Practice case" },
    el("p", {}, el("strong", { class: "practice-mark" }, "PRACTICE"), " Not a real case. Nothing here is a record."));
  byId("wizard").prepend(banner);
  try {
    const answer = await fetch(new URL("cases.json", import.meta.url));
    practised = /** @type {PracticeCase[]} */ (await answer.json()).find((one) => one.id === id);
  } catch {
    banner.append(el("p", {}, "The story could not be loaded. Reload the page to try again."));
    return;
  }
  if (!practised) {
    banner.append(el("p", {}, "There is no practice case of this name. ", el("a", { href: "../practice/" }, "Choose one of the ten.")));
    return;
  }
  hold(); // the questions move
  banner.append(
    el("details", { class: "cse-details", open: true },
      el("summary", {}, `The story: ${practised.title}`),
      el("div", {}, ...practised.story.map((part) => el("p", {}, part)))),
    el("p", { class: "practice-more" }, el("a", { href: "../practice/" }, "Other practice cases")));
  compare(practised, decided);
}

/**
 * Set what the learner got beside what is expected: on the decision page, below its headline.
 *
 * @param {PracticeCase} practised
 * @param {Decision | null} decision null where an answer has to be mended first
 */
function compare(practised, decision) {
  document.getElementById("practice-compared")?.remove();
  if (!decision) return;
  const data = JSON.parse(byId("wizard-data").textContent ?? "{}");
  const same = decision.route === practised.route && decision.outcome.final === practised.final;
  const headline = (/** @type {string} */ route) => data.routes[route]?.headline ?? route;
  const outcome = (/** @type {string | null} */ final) => (final === null ? "None yet" : data.outcomes[final] ?? final);
  const answered = differences(practised);
  const [missing, more] = [notIn(practised.actions, decision.actions), notIn(decision.actions, practised.actions)];
  const box = el("section", { class: `cse-panel cse-panel--${same ? "done" : "warning"}`, id: "practice-compared", "data-same": String(same) },
    el("h3", {}, "Practice: your answer and ours"),
    el("p", {}, same ? "Your decision and outcome are the expected ones." : "Your decision or outcome is not the expected one. Look at the answers that differ."),
    el("dl", { class: "cse-summary practice-two" },
      el("div", {}, el("dt", {}, "Decision"), el("dd", {}, el("b", {}, "Yours: "), headline(decision.route)), el("dd", {}, el("b", {}, "Ours: "), headline(practised.route))),
      el("div", {}, el("dt", {}, "Outcome"), el("dd", {}, el("b", {}, "Yours: "), outcome(decision.outcome.final)), el("dd", {}, el("b", {}, "Ours: "), outcome(practised.final)))),
    el("h4", {}, "Why"), list(practised.why.map((reason) => withCitations(reason, new DecisionPage(data)))),
    ...(answered.length > 0 ? [el("h4", {}, "Answers that differ"), el("dl", { class: "cse-summary practice-two" }, ...answered)] : [el("p", {}, "You answered as we did.")]),
    ...(missing.length > 0 ? [el("h4", {}, "In our plan, not in yours"), list(missing)] : []),
    ...(more.length > 0 ? [el("h4", {}, "In your plan, not in ours"), list(more)] : []));
  byId("decision-body").querySelector(".wizard-headline")?.after(box);
}

/**
 * @param {{id: string, what: string}[]} some
 * @param {{id: string}[]} others
 */
const notIn = (some, others) => some.filter(({ id }) => !others.some((other) => other.id === id)).map(({ what }) => what);

/**
 * The questions that apply and were answered in another way than expected. What the story does not say is not known.
 *
 * @param {PracticeCase} practised
 * @returns {HTMLElement[]}
 */
function differences(practised) {
  const form = /** @type {HTMLFormElement} */ (byId("wizard-form"));
  return [...form.querySelectorAll("[data-question]")].flatMap((found) => {
    const question = /** @type {HTMLElement} */ (found);
    const path = question.dataset["question"] ?? "";
    if (question.hidden || OWN_WORDS.test(path)) return [];
    const expected = practised.answers[path] ?? NOT_KNOWN;
    const given = valueOf(question) || NOT_KNOWN;
    if (given === expected || path === "child.date_of_birth" || (path === "child.age" && given === NOT_KNOWN)) return [];
    const silent = path in practised.answers ? "" : " (the story does not say)";
    return [el("div", {}, el("dt", {}, question.dataset["short"] ?? path),
      el("dd", {}, el("b", {}, "Yours: "), labelOf(question, given)), el("dd", {}, el("b", {}, "Ours: "), `${labelOf(question, expected)}${silent}`))];
  });
}

/** @param {HTMLElement} question */
function valueOf(question) {
  const checked = /** @type {HTMLInputElement | null} */ (question.querySelector("input:checked"));
  if (checked) return checked.value;
  const typed = /** @type {HTMLInputElement | null} */ (question.querySelector("input:not([type=radio]), textarea"));
  return typed?.value.trim() ?? "";
}

/**
 * @param {HTMLElement} question
 * @param {string} value
 */
const labelOf = (question, value) => question.querySelector(`input[value="${CSS.escape(value)}"]`)?.getAttribute("data-label") ?? (value === NOT_KNOWN ? "Not known" : value);

/**
 * A text with its paragraphs in square brackets as links.
 *
 * @param {string} text
 * @param {DecisionPage} page
 */
function withCitations(text, page) {
  const parts = text.split(/\[((?:[RS]\d[^\]]*))\]/);
  return el("span", {}, ...parts.map((part, index) => (index % 2 === 1 ? page.cites(part.split(", ")) : part)));
}
