/**
 * The screening wizard: moves between questions, keeps the answers, asks the engine and shows what it decides.
 *
 * No rule stands here. What follows from an answer comes from the engine; which question applies comes from the page.
 */

import { hold } from "../guard.mjs";
import { Again } from "./again.mjs";
import { bandOf, caseOf, fillForm, questionsOf, readForm, setAside } from "./answers.mjs";
import { showApplying } from "./applying.mjs";
import { showChange } from "./change.mjs";
import { answersShown, movedAside, notCounted } from "./check.mjs";
import { nowInEngland } from "./dates.mjs";
import { DecisionPage } from "./decision.mjs";
import { byId, el } from "./dom.mjs";
import { Deciding } from "./deciding.mjs";
import { answeredSince, clearMistakes, mistakesOn, showMistakes } from "./errors.mjs";
import { enginePanel, waiting } from "./engine_panel.mjs";
import { Journey, lacksAnswer, pageAfter, pageBefore, pagesThatApply } from "./journey.mjs";
import { forget, keep, kept } from "./keep.mjs";
import { labelsOf } from "./labels.mjs";
import { Leaving } from "./leaving.mjs";
import { judgementBasis, panelsUp, soFar, worthSaying } from "./so_far.mjs";
import { forgetJudge, judgedBy, offer } from "./taking_away.mjs";
import "../practice/practice.mjs";

/** @typedef {import("./answers.mjs").Answers} Answers */
/** @typedef {import("./decision.mjs").PageData} PageData */
/** @typedef {import("./deciding.mjs").Decided} Decided */

const form = /** @type {HTMLFormElement} */ (byId("wizard-form"));
const root = byId("wizard");
const pages = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-page]")]);
const questions = questionsOf(form);
/** @type {PageData} */
const data = JSON.parse(byId("wizard-data").textContent ?? "{}");
const decisionPage = new DecisionPage(data);
const dialog = /** @type {HTMLDialogElement} */ (byId("clear-dialog"));
const siteTitle = document.title;

/** @type {Answers} */
let answers = {};
/** What was set aside when the page was opened, by path: to say what changed since. @type {string[]} */
let asideBefore = [];
/** The pages that lacked an answer when the page was opened: to ask after a change only what it made necessary. @type {string[]} */
let lackedBefore = [];
/** @type {Decided | null} */
let decided = null;
let stored = true;

const deciding = new Deciding(new URL(root.dataset["engineBase"] ?? "", location.href), showEngine, showDecided);
const journey = new Journey(openPage);
const labels = labelsOf(questions, data);
const leaving = new Leaving(() => answers, () => stored);
const again = new Again(deciding, questions, labels, { begun: () => begun(), clear: clearAll, begin, markSaved: () => leaving.markSaved() });

const band = () => bandOf(answers, nowInEngland(), data.bands);
const open = () => pagesThatApply(pages, questions, answers, band());
const begun = () => Object.keys(answers).length > 0;
/** @param {string} page */
const incomplete = (page) => lacksAnswer(page, questions, answers, band()) || eitherMissing(page);

/**
 * Where one answer of several is enough: whether none of them is given.
 *
 * @param {string} page
 */
function eitherMissing(page) {
  const either = /** @type {HTMLElement | null} */ (byId(page).querySelector("[data-either]"));
  return !!either && ![...(either.dataset["either"] ?? "").split(" "), `${page}.not_known`].some((name) => name in answers);
}

/** @param {string} text what a screen reader says next */
function announce(text) {
  byId("wizard-status").textContent = text;
}

/** Take in what the form holds, show what depends on it, keep it and ask the engine. */
function takeIn() {
  const before = panelsUp(data, answers)[0];
  answers = readForm(form);
  const panel = panelsUp(data, answers)[0];
  if (panel && panel !== before) announce(`${panel.title}.`);
  stored = keep(answers);
  showStored();
  showWhatApplies();
  ask();
}

/** Say so for as long as the browser keeps no answers. */
function showStored() {
  const shown = document.getElementById("wizard-unkept");
  if (stored) shown?.remove();
  else if (!shown) {
    byId("wizard-notice").after(el("div", { id: "wizard-unkept", class: "cse-panel cse-panel--warning cse-no-print", role: "status" },
      el("p", {}, "This browser keeps nothing for this page: to reload it, or to close it, loses your answers. They are safe while it stays open. Before you leave, print the record or save its file, on the page with the decision.")));
  }
}

/** Ask the engine to decide, once there is an answer. */
function ask() {
  if (!begun()) {
    decided = null;
    return;
  }
  const asOf = nowInEngland();
  const area = answers["area"] ?? "";
  deciding.decide(asOf, JSON.stringify(caseOf(questions, answers, asOf, band())), area in data.areas ? area : "");
}

/** Show the questions and options for the age and the other answers, and hide the rest. */
function showWhatApplies() {
  /** @type {HTMLElement} */ (root.querySelector("[data-clear]")).hidden = !begun();
  showApplying(form, questions, answers, band());
  showSoFar();
}

/** Show the decision so far, on every page but the decision's own. */
function showSoFar() {
  const strip = /** @type {HTMLElement} */ (root.querySelector(".wizard-so-far"));
  const shown = journey.place.page === "decision" ? null : soFar(data, answers, questions, decided, journey.place.page);
  if (strip.hidden === !!shown) hold(300); // what stands below it moves
  strip.hidden = !shown;
  strip.replaceChildren(...(shown ? [shown] : []));
  byId("judgement-basis").replaceChildren(...judgementBasis(data, decisionPage, questions, answers, band(), decided));
}

/**
 * The engine's state changed.
 *
 * @param {"loading" | "ready" | "failed"} state
 * @param {string} reason why it failed, in plain words; may be ""
 */
function showEngine(state, reason) {
  document.documentElement.dataset["engine"] = state;
  const notice = byId("wizard-engine");
  notice.hidden = state !== "failed";
  if (state === "ready") announce("The decision can be worked out now.");
  if (state === "failed") {
    const area = answers["area"] ?? "";
    notice.replaceChildren(enginePanel(reason, area in data.areas ? area : "", () => {
      announce("Trying again.");
      deciding.retry();
    }));
    announce("The decision cannot be worked out just now. Your answers are kept.");
  } else {
    notice.replaceChildren();
  }
  if (state === "failed") hold();
  root.dataset["paper"] = String(state === "failed");
  if (!decided) showWaiting();
}

/** Say on the decision page that there is no decision yet. */
function showWaiting() {
  delete byId("decision").dataset["route"];
  delete byId("decision").dataset["errors"];
  byId("decision-body").replaceChildren(...waiting(deciding.state === "failed"));
}

/**
 * The engine decided.
 *
 * @param {Decided} result
 */
function showDecided(result) {
  if (!begun()) return; // cleared meanwhile
  const before = decided?.decision?.route;
  const heading = document.activeElement?.matches("#decision .wizard-heading");
  const waited = journey.place.page === "decision" && !!document.querySelector("#decision .wizard-waiting");
  decided = result;
  const shown = {
    area: answers["area"] ?? "not_known", asOf: result.asOf, open: result.open, caseText: result.caseText, decisionText: result.text, questionOf,
    answers: answersShown(pages, questions, answers, band(), { change: false }),
  };
  if (result.decision) {
    decisionPage.show(result.decision, shown);
    offer({ decision: result.decision, shown, data }, deciding, () => leaving.markSaved(), announce);
    if (journey.place.page === "decision") workOutMore(result.caseText);
  } else {
    decisionPage.showProblems(result.problems, shown);
  }
  if (waited) hold();
  if (heading) /** @type {HTMLElement | null} */ (document.querySelector("#decision .wizard-heading"))?.focus();
  showSoFar();
  const route = result.decision?.route;
  if (route && route !== before && worthSaying(data, answers, questions)) {
    announce(`Decision so far: ${data.routes[route]?.headline ?? route}.`);
  }
  form.dispatchEvent(new CustomEvent("decided", { detail: result.decision }));
}

/**
 * What takes longer and holds nothing up: what would change the decision, and how it stands beside an earlier one.
 *
 * @param {string} caseText
 */
async function workOutMore(caseText) {
  /** @param {string[]} ids */
  const cites = (ids) => decisionPage.cites(ids);
  await showChange(deciding, caseText, { labels, cites, questionOf });
  await again.lastTime.compare(deciding, caseText, judgedBy(), cites);
}

/**
 * Where an answer is asked; a page that does not apply is not named.
 *
 * @param {string} path
 */
function questionOf(path) {
  const question = questions.find((one) => one.path === path);
  return question ? { page: open().includes(question.page) ? question.page : "", short: question.short } : null;
}

/**
 * Open a page of the journey.
 *
 * @param {import("./journey.mjs").Place} place
 * @param {boolean} moved
 */
function openPage(place, moved) {
  const applying = open();
  if ((place.page === "check" || place.page === "decision") && !begun()) {
    return redirect("danger", "No question is answered yet. Start here.");
  }
  if (!applying.includes(place.page)) {
    return redirect(open().includes("age") ? "age" : "danger", "That question depends on the age, and does not apply at the age given here.");
  }
  hold();
  clearMistakes();
  for (const page of pages) page.hidden = page.id !== place.page;
  const current = byId(place.page);
  if (place.page === "check") showCheck();
  if (place.page === "decision") {
    if (!decided || !deciding.settled) showWaiting(); // never the decision of earlier answers
    ask();
  }
  /** @type {HTMLElement} */ (root.querySelector(".wizard-intro")).classList.toggle("wizard-intro--short", place.page !== "danger");
  /** @type {HTMLElement} */ (root.querySelector(".wizard-back")).hidden = place.page === "danger";
  /** @type {HTMLElement} */ (root.querySelector(".wizard-opener")).hidden = place.page !== "danger" || document.documentElement.dataset["practice"] === "on";
  byId("wizard-continue").hidden = place.page === "decision";
  /** @type {HTMLElement} */ (byId("wizard-continue").querySelector("button")).textContent = place.page === "check" ? "Continue to the decision" : "Continue";
  /** @type {HTMLElement} */ (byId("wizard-continue").querySelector(".wizard-to-check")).hidden = place.page === "check" || !begun();
  root.dataset["page"] = place.page;
  lackedBefore = applying.filter(incomplete);
  asideBefore = setAside(questions, answers, band()).map((question) => question.path);
  showWhatApplies();
  document.title = `${current.dataset["title"]} – ${siteTitle}`;
  if (moved && document.readyState === "complete") focusHeading();
  else if (moved) addEventListener("load", () => setTimeout(focusHeading), { once: true }); // the browser's own jump to the # comes first
}

/** Put the focus on the heading of the open page, and the page at the top of the screen. */
function focusHeading() {
  /** @type {HTMLElement | null} */ (byId(journey.place.page).querySelector(".wizard-heading"))?.focus({ preventScroll: true });
  root.scrollIntoView({ block: "start" });
}

/**
 * Open another page than the one asked for, and say why.
 *
 * @param {string} page
 * @param {string} why
 */
function redirect(page, why) {
  journey.instead(page);
  showNotice(el("p", {}, why));
}

/** Fill the check page. */
function showCheck() {
  const aside = notCounted(questions, answers, band());
  byId("check-answers").replaceChildren(...(aside ? [aside] : []), ...answersShown(pages, questions, answers, band(), { change: true }));
}

/**
 * @param {HTMLElement | null} content null takes the notice away
 */
function showNotice(content) {
  const notice = byId("wizard-notice");
  notice.hidden = !content;
  notice.replaceChildren(...(content ? [el("div", { class: "cse-panel cse-panel--info" }, content)] : []));
  if (content) announce(content.textContent ?? "");
}

/** Continue: stop at what is missing or cannot be read, else go on. */
function goForward() {
  takeIn();
  const { page } = journey.place;
  const mistakes = mistakesOn(byId(page), questions, answers, band());
  if (mistakes.length > 0) {
    showMistakes(mistakes);
    document.title = `Error: ${byId(page).dataset["title"]} – ${siteTitle}`;
    return;
  }
  const changed = movedAside(questions, asideBefore, setAside(questions, answers, band()));
  const next = pageAfter(open(), journey.place, lackedBefore, open().filter(incomplete));
  journey.go(next.page, next.back, next.needed);
  showNotice(changed);
}

/** Forget every answer, here and in the tab's storage. */
function clearAll() {
  form.reset();
  fillForm(form, {});
  answers = {};
  decided = null;
  forget();
  forgetJudge();
  again.lastTime.forget();
  deciding.forget();
  showWaiting();
  byId("check-answers").replaceChildren();
  byId("wizard-status").textContent = "";
}

/**
 * Begin anew with these answers.
 *
 * @param {Answers} given
 * @param {string} page the page to open
 * @param {string} said
 */
function begin(given, page, said) {
  fillForm(form, given);
  takeIn();
  if (journey.place.page === page) openPage(journey.place, true);
  else journey.go(page);
  showNotice(el("p", {}, said));
}

/** @param {MouseEvent} event */
function clicked(event) {
  const target = event.target instanceof Element ? event.target : null;
  const link = /** @type {HTMLElement | null} */ (target?.closest("[data-go], [data-back], [data-clear], [data-exit], [data-clear-yes], [data-clear-no], [data-open]"));
  if (!link) {
    leaving.clicked(target);
    return;
  }
  const { go, from } = link.dataset;
  if (link instanceof HTMLAnchorElement && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  event.preventDefault();
  if (go !== undefined) {
    showNotice(null);
    journey.go(go, from ?? "");
  } else if ("back" in link.dataset) {
    showNotice(null);
    journey.back(pageBefore(open(), journey.place.page));
  } else if ("open" in link.dataset) {
    again.opening.choose();
  } else if ("clear" in link.dataset) {
    hold();
    dialog.showModal();
  } else if ("clearNo" in link.dataset) {
    dialog.close();
  } else if ("clearYes" in link.dataset) {
    dialog.close();
    clearAll();
    journey.go("danger");
    openPage(journey.place, true);
    showNotice(el("p", {}, "Everything is cleared."));
  } else if ("exit" in link.dataset) {
    clearAll();
    location.replace("about:blank"); // nothing that tells what was on the screen
  }
}

/** Take over from the plain form. */
function start() {
  for (const made of root.querySelectorAll(".wizard-script:not([data-page], #wizard-notice, #wizard-engine)")) made.removeAttribute("hidden");
  answers = kept();
  const restored = begun();
  fillForm(form, answers);
  form.addEventListener("input", takeIn);
  form.addEventListener("change", (event) => {
    answeredSince(event.target instanceof Element ? event.target : null);
    takeIn();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goForward();
  });
  document.addEventListener("click", clicked);
  dialog.addEventListener("close", () => hold());
  root.dataset["wizard"] = "on";
  journey.start();
  if (restored) showNotice(el("p", {}, "Your answers in this tab are back. Use Clear everything if they are not yours."));
  const handedOver = location.hash === "#rescreen";
  deciding.start();
  ask();
  void again.restore();
  if (handedOver) {
    journey.instead("danger");
    again.opening.takeOver();
  }
}

start();
