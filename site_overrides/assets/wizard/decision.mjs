/**
 * A decision on the page. Everything it says comes from the decision, the page's data and the area's contacts; nothing is decided here.
 */

import { contactsOf, ring } from "./contacts.mjs";
import { inWords } from "./dates.mjs";
import { byId, el, list } from "./dom.mjs";
import { jumpsTo } from "./jumps.mjs";
import { recordData, recordHead, signature } from "./paper_record.mjs";

/** @typedef {{sources: string[], inferred: boolean, reason?: string}} Basis */
/** @typedef {Basis & {id: string, what: string, who: string, contact: string | null, when: {rule: string, due: string | null, due_if_strategy?: string | null, reason?: string}}} Action */
/** @typedef {Basis & {id: string, text: string}} Warning */
/** @typedef {Basis & {table: string, row: string, because: Record<string, string | number | boolean>}} Step */
/** @typedef {{indicated: string | null, judged: string | null, final: string | null, fixed: boolean, provisional: boolean}} Outcome */
/** @typedef {{path: string, found: string, wanted: string, mend: string, code?: string}} Problem */

/**
 * @typedef {object} Decision
 * @property {{version: string, sha256: string}} rules
 * @property {string} route
 * @property {string} instrument
 * @property {Outcome} outcome
 * @property {{threshold_met: boolean, grounds: string[]}} section_47
 * @property {Action[]} actions
 * @property {Warning[]} warnings
 * @property {string[]} still_to_find_out
 * @property {Step[]} why
 */

/**
 * What the build hands over in #wizard-data.
 *
 * @typedef {object} PageData
 * @property {import("./answers.mjs").Band[]} bands
 * @property {{id: string, page: string, kind: string, title: string, when: Record<string, string[]>}[]} panels
 * @property {Record<string, {kind: string, headline: string, lead: string, so_far: string}>} routes
 * @property {Record<string, string>} outcomes
 * @property {Record<string, string>} instruments
 * @property {Record<string, {label: string, sources: string[]}>} grounds
 * @property {Record<string, string>} because
 * @property {Record<string, string>} facts
 * @property {Record<string, string>} tables
 * @property {Record<string, string>} areas
 * @property {string[]} prompts titles of what to bear in mind with every child
 * @property {Record<string, string>} references titles of the sources that a comparison names
 * @property {Record<string, string[]>} paragraphs page addresses and the paragraphs published there
 */

/**
 * What the page knows of the case beside the decision.
 *
 * @typedef {object} CaseShown
 * @property {string} area the area's id, "not_known" where there is none
 * @property {string} asOf
 * @property {string | null} open the contact that answers for Children's Services at that hour
 * @property {string} caseText the case as it was sent
 * @property {string} decisionText the decision as it came back
 * @property {(path: string) => {page: string, short: string} | null} questionOf where an answer is asked, null where it is not
 * @property {HTMLElement[]} answers the answers, as shown in the record
 */

const BOX = { danger: "danger", warning: "warning", info: "info", done: "done" };

export class DecisionPage {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    /** @type {Map<string, string>} */
    this.places = new Map();
    for (const [page, paragraphs] of Object.entries(data.paragraphs)) {
      for (const paragraph of paragraphs) this.places.set(paragraph, page);
    }
  }

  /**
   * Show a decision.
   *
   * @param {Decision} decision
   * @param {CaseShown} shown
   */
  show(decision, shown) {
    const section = byId("decision");
    section.dataset["route"] = decision.route;
    delete section.dataset["errors"];
    const unfolded = unfoldedIn(section);
    byId("decision-body").replaceChildren(
      this.headline(decision, shown),
      recordHead(decision, shown, this.data),
      ...this.plan(decision, shown),
      ...partsWith(decision),
      ...this.warnings(decision),
      ...this.outcome(decision),
      ...this.findOut(decision, shown),
      ...this.reasons(decision, shown),
      el("section", { id: "what-if", class: "wizard-change", "aria-labelledby": "what-if-title" }),
      el("section", { id: "compared" }),
      ...this.prompts(decision),
      ...this.numbers(shown),
      el("section", { id: "taking-away", class: "cse-no-print", "aria-labelledby": "taking-away-title" }),
      recordData(decision, shown),
      signature(),
    );
    section.querySelector(".wizard-first")?.after(jumpsTo(byId("decision-body")));
    for (const [name, details] of foldsIn(section)) details.open = unfolded.includes(name);
  }

  /**
   * Show why a case could not be decided.
   *
   * @param {Problem[]} problems
   * @param {CaseShown} shown
   */
  showProblems(problems, shown) {
    const section = byId("decision");
    delete section.dataset["route"];
    section.dataset["errors"] = "true";
    const lines = problems.map((problem) => {
      const question = shown.questionOf(problem.path);
      const name = question ? el("a", { href: `#${question.page}`, "data-go": question.page, "data-from": "check" }, question.short) : problem.path;
      return el("span", {}, name, `: ${problem.found}. Wanted: ${problem.wanted}. ${problem.mend}`);
    });
    byId("decision-body").replaceChildren(
      el("h2", { class: "wizard-heading", tabindex: "-1" }, "An answer needs correcting"),
      el("div", { class: "cse-panel cse-panel--warning" }, el("p", {}, "Some answers do not fit together. Nothing is lost."), list(lines)),
    );
  }

  /**
   * @param {Decision} decision
   * @param {CaseShown} shown
   */
  headline(decision, shown) {
    const words = this.data.routes[decision.route];
    const kind = BOX[/** @type {keyof typeof BOX} */ (words?.kind ?? "info")];
    const box = el("div", { class: `cse-panel cse-panel--${kind} wizard-headline` },
      el("p", { class: "cse-progress" }, "Decision"),
      el("h2", { class: "wizard-heading", tabindex: "-1" }, words?.headline ?? decision.route),
      el("p", {}, words?.lead ?? ""));
    if (decision.section_47.threshold_met) {
      const grounds = decision.section_47.grounds.map((id) => this.data.grounds[id]);
      box.append(el("p", {}, "The threshold for section 47 enquiries is met: ",
        grounds.map((ground) => ground?.label ?? "").join("; "), ". ", this.cites(grounds.flatMap((ground) => ground?.sources ?? []))));
    }
    box.append(el("p", { class: "cse-hint" }, `As of ${inWords(shown.asOf)}, local time in England. The tool advises; you decide.`));
    return box;
  }

  /**
   * @param {Decision} decision
   * @param {CaseShown} shown
   */
  plan(decision, shown) {
    const [first, ...rest] = decision.actions;
    if (!first) return [];
    // Where no area is chosen, the first action that needs its Children's Services shows those of every area.
    const children = shown.area in this.data.areas ? undefined : decision.actions.find((action) => action.contact === "mash");
    return [
      el("h3", { class: "wizard-part" }, "Do this first"),
      el("ol", { class: "cse-plan wizard-first" }, this.action(first, shown, true)),
      ...(rest.length > 0 ? [el("h3", { class: "wizard-part" }, "Then"), el("ol", { class: "cse-plan", start: "2" }, ...rest.map((action) => this.action(action, shown, action === children)))] : []),
    ];
  }

  /**
   * @param {Action} action
   * @param {CaseShown} shown
   * @param {boolean} inFull whether the contact is shown with all that is known of it
   */
  action(action, shown, inFull) {
    const item = el("li", { "data-action": action.id }, el("h4", {}, action.what));
    const facts = el("dl", { class: "wizard-facts" }, el("div", {}, el("dt", {}, "Who"), el("dd", {}, action.who)));
    const { rule, due, due_if_strategy: sooner, reason } = action.when;
    if (rule || due || reason) {
      const when = el("dd", {}, rule);
      if (due) when.append(rule ? el("br") : "", el("strong", {}, "By ", el("time", { datetime: due }, inWords(due))));
      if (sooner) when.append(el("br"), el("strong", {}, "As a strategy discussion: by ", el("time", { datetime: sooner }, inWords(sooner))));
      if (reason) when.append(el("br"), reason);
      facts.append(el("div", {}, el("dt", {}, "By when"), when));
    }
    item.append(facts);
    if (action.contact) item.append(...ring(action.contact, shown, inFull));
    item.append(el("p", { class: "wizard-basis" }, ...this.basis(action)));
    return item;
  }

  /** @param {Decision} decision */
  warnings(decision) {
    if (decision.warnings.length === 0) return [];
    const boxes = decision.warnings.map((warning) =>
      el("li", { class: "cse-panel cse-panel--warning", "data-warning": warning.id }, el("p", {}, warning.text, " ", ...this.basis(warning))));
    return [el("h3", { class: "wizard-part" }, "Keep in mind"), el("ul", { class: "wizard-warnings" }, ...boxes)];
  }

  /** @param {Decision} decision */
  outcome(decision) {
    const { outcome, instrument } = decision;
    /** @param {string | null} id */
    const named = (id) => (id === null ? "None" : this.data.outcomes[id] ?? id);
    const final = `${named(outcome.final)}${outcome.provisional ? " (provisional: no judgement is recorded)" : ""}`;
    const rows = [
      ["Screening tool", this.data.instruments[instrument] ?? instrument],
      ["What the answers point to", `${named(outcome.indicated)}${outcome.fixed ? " (fixed by the tool: it can be raised, not lowered)" : ""}`],
      ["Your judgement", named(outcome.judged)],
      ["Outcome that stands", final],
    ];
    return [
      el("h3", { class: "wizard-part" }, "Outcome"),
      el("dl", { class: "cse-summary" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name ?? ""), el("dd", {}, value ?? "")))),
    ];
  }

  /**
   * @param {Decision} decision
   * @param {CaseShown} shown
   */
  findOut(decision, shown) {
    if (decision.still_to_find_out.length === 0) return [];
    const lines = decision.still_to_find_out.map((path) => {
      const question = shown.questionOf(path);
      return question?.page ? el("a", { href: `#${question.page}`, "data-go": question.page, "data-from": "check" }, question.short) : question?.short ?? path;
    });
    return [
      el("h3", { class: "wizard-part" }, "Still to find out"),
      el("p", {}, "Not known never counts as no. Find these out and answer again:"),
      list(lines, { id: "still-to-find-out" }),
    ];
  }

  /**
   * @param {Decision} decision
   * @param {CaseShown} shown
   */
  reasons(decision, shown) {
    const main = decision.why.filter((step) => step.row in this.data.because);
    const own = new Set([...decision.actions, ...decision.warnings].map((item) => item.id));
    const tables = decision.why.filter((step) => !own.has(step.row.split(".")[0] ?? ""));
    const steps = tables.map((step) => el("span", {}, el("b", {}, this.data.tables[step.table] ?? step.table), ` ${this.facts(step, shown)} `, ...this.basis(step)));
    return [
      el("h3", { class: "wizard-part" }, "Why"),
      list(main.map((step) => el("span", {}, this.data.because[step.row] ?? "", " ", ...this.basis(step))), { class: "wizard-why-list" }),
      el("details", { class: "cse-details cse-no-print" }, el("summary", {}, "Every step of the rules"), list(steps)),
    ];
  }

  /**
   * @param {Step} step
   * @param {CaseShown} shown
   */
  facts(step, shown) {
    const said = Object.entries(step.because).map(([fact, value]) => {
      const name = this.data.facts[fact] ?? shown.questionOf(fact)?.short ?? fact;
      return `${name}: ${String(value).replaceAll("_", " ")}`;
    });
    return said.length > 0 ? `${said.join("; ")}.` : "";
  }

  /**
   * What to bear in mind with every child, as it stands beside the questions.
   *
   * @param {Decision} decision
   */
  prompts(decision) {
    if (decision.instrument === "none_for_adult") return [];
    const found = this.data.prompts.flatMap((title) => [...document.querySelectorAll(`section:not(#decision) > .wizard-prompts [data-prompt="${CSS.escape(title)}"]`)]);
    return [el("section", { class: "wizard-bear cse-no-print" },
      el("h3", { class: "wizard-part" }, "Bear in mind"), ...found.map((prompt) => prompt.cloneNode(true)))];
  }

  /** @param {CaseShown} shown */
  numbers(shown) {
    const name = this.data.areas[shown.area];
    return [el("section", { class: "cse-no-print" },
      el("h3", { class: "wizard-part" }, name ? `Numbers for ${name}` : "Numbers"),
      ...(name ? [] : [el("p", {}, el("a", { href: "#area", "data-go": "area", "data-from": "check" }, "Choose the council area"), " to see its numbers.")]),
      el("div", { class: "wizard-contacts" }, ...contactsOf(shown.area, null)))];
  }

  /**
   * What a statement rests on: its paragraphs, and the mark where it is inferred.
   *
   * @param {Basis} basis
   * @returns {Node[]}
   */
  basis(basis) {
    const shown = basis.sources.length > 0 ? [this.cites(basis.sources)] : [];
    if (!basis.inferred) return shown;
    const reason = basis.reason === "solihull-only" ? "Solihull’s page alone says this; for other areas it is inferred" : basis.reason ?? "the sources do not say it outright";
    return [...shown, document.createTextNode(" "), el("span", { class: "wizard-inferred" }, el("span", { class: "cse-tag cse-tag--quiet" }, "Inferred"), ` ${reason}.`)];
  }

  /**
   * Paragraphs as links to where they are published.
   *
   * @param {string[]} ids
   * @returns {HTMLElement}
   */
  cites(ids) {
    const links = ids.flatMap((id, index) => {
      const page = this.places.get(id);
      const shown = page === undefined ? id : el("a", { class: "cite", href: `${page}#${anchor(id)}` }, id);
      return index === 0 ? [shown] : [", ", shown];
    });
    return el("small", { class: "cites" }, "[", ...links, "]");
  }
}

/**
 * What can be unfolded in a part of the page, each by a name of its own: what stands on it, and the how manieth it is.
 *
 * @param {HTMLElement} part
 * @returns {[string, HTMLDetailsElement][]}
 */
function foldsIn(part) {
  /** @type {Map<string, number>} */
  const before = new Map();
  return [...part.querySelectorAll("details")].map((details) => {
    const said = details.querySelector("summary")?.textContent ?? "";
    before.set(said, (before.get(said) ?? 0) + 1);
    return [`${said} ${before.get(said)}`, details];
  });
}

/** @param {HTMLElement} part */
const unfoldedIn = (part) => foldsIn(part).flatMap(([name, details]) => (details.open ? [name] : []));

/**
 * What the page says beside a plan that holds certain actions.
 *
 * @param {Decision} decision
 * @returns {Node[]}
 */
function partsWith(decision) {
  const planned = new Set(decision.actions.map((action) => action.id));
  return /** @type {HTMLTemplateElement[]} */ ([...document.querySelectorAll("template[data-with-actions]")])
    .filter((part) => (part.dataset["withActions"] ?? "").split(" ").some((id) => planned.has(id)))
    .map((part) => part.content.cloneNode(true));
}

/**
 * The anchor of a paragraph: R26.2(iii) gives r26-2-iii.
 *
 * @param {string} id
 */
const anchor = (id) => id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
