// A walk at random through the screening wizard, inside the page: it moves as a person would, and holds the page to
// what the person did. Loaded by test_random_walks.py before the page's own scripts.
//
// `typed` is the person's memory: what they chose or wrote, by the name of the control. `pages` are the pages they opened,
// as the browser's history should have them; `here` is where in it they are, `ahead` how often Forward must work.

(() => {
  // What goes to the worker and comes back, to know when the newest case is decided.
  let waiting = 0;
  let lastCase = "";
  const Usual = window.Worker;
  window.Worker = class extends Usual {
    constructor(...args) {
      super(...args);
      waiting = 0; // a new worker owes nothing of an old one
      this.addEventListener("message", ({ data }) => { if (data.id !== undefined) waiting -= 1; });
    }

    postMessage(message, ...rest) {
      if (message.type === "decide") lastCase = message.case;
      if (message.id !== undefined) waiting += 1;
      super.postMessage(message, ...rest);
    }
  };

  const rest = () => new Promise((resolve) => setTimeout(resolve));
  const byId = (id) => document.getElementById(id);
  const at = () => byId("wizard").dataset.page;
  const index = () => history.state?.index ?? 0;
  const seen = (element) => !!element && element.checkVisibility();
  const controlsOf = (root) => [...root.querySelectorAll("input[name]:not([type=file], [type=hidden]), textarea[name]")];

  async function settled() {
    const until = performance.now() + 60_000;
    for (let quiet = 0; quiet < 3; quiet = document.documentElement.dataset.engine === "ready" && waiting === 0 ? quiet + 1 : 0) {
      if (performance.now() > until) throw new Error(`the engine is not done: ${document.documentElement.dataset.engine}, ${waiting} waiting`);
      await rest();
    }
  }

  /** Numbers from 0 to 1, the same for the same seed (mulberry32). */
  function dice(seed) {
    let a = seed | 0;
    const random = () => {
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const below = (n) => Math.floor(random() * n);
    return { chance: (share) => random() < share, below, one: (list) => list[below(list.length)] };
  }

  const NOTES = ["Seen by the class teacher on Monday.", "Told to us: „she said so“ <b>not</b> & then \"more\"", " ", "Żółw 🐢 \\ 'x'", "two\nlines"];
  const WRITERS = {
    "child.date_of_birth": (d) => (d.chance(0.1) ? d.one(["31 2 2012", "1 1 2999", "soon"]) : `${1 + d.below(28)} ${1 + d.below(12)} ${2003 + d.below(22)}`),
    "child.age": (d) => (d.chance(0.1) ? d.one(["fourteen", "-1", "130"]) : String(d.below(22))),
    "referral.made_at": (d) => `2026-11-${10 + d.below(12)}T${10 + d.below(10)}:${10 + d.below(50)}`,
    "referral.meeting_held_on": (d) => (d.chance(0.1) ? "30 2 2026" : `${1 + d.below(20)} 11 2026`),
  };

  /** Choose a radio button, or tick or untick a box, as a person does: by a click. */
  function choose(control, on, typed) {
    if (control.checked !== on) control.click();
    typed[control.name] = on ? control.value : "";
  }

  /** Write into a field, in place of what it holds. */
  function write(control, text, typed) {
    control.value = text;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
    typed[control.name] = text;
  }

  /** Answer what the open page shows; with `wholly`, everything that Continue asks for. */
  function answer(d, typed, wholly) {
    const given = new Set();
    for (let round = 0; round < 4; round += 1) {
      const controls = controlsOf(byId(at())).filter((one) => seen(one.closest("label") ?? one) && !given.has(one.name));
      const names = [...new Set(controls.map((one) => one.name))];
      if (names.length === 0) break;
      for (const name of names) {
        given.add(name);
        const group = controls.filter((one) => one.name === name);
        const [first] = group;
        if (["child.date_of_birth", "child.age", "age.not_known"].includes(name)) continue;
        if (first.type === "radio") {
          const needed = wholly && first.closest("[data-required]");
          if (!needed && !d.chance(0.4)) continue;
          const no = group.find((one) => one.value === "no");
          choose(no && d.chance(0.4) ? no : d.one(group), true, typed);
        } else if (first.type !== "checkbox" && d.chance(0.4)) {
          write(first, (WRITERS[name] ?? (() => d.one(NOTES)))(d), typed);
        }
      }
    }
    if (at() === "age" && (wholly || d.chance(0.5))) {
      const way = d.one(["child.date_of_birth", "child.date_of_birth", "child.age", "child.age", "age.not_known"]);
      for (const control of controlsOf(byId("age"))) {
        const on = control.name === way;
        if (!on && !wholly) continue;
        if (control.type === "checkbox") choose(control, on, typed);
        else write(control, on ? WRITERS[control.name](d) : "", typed);
      }
    }
  }

  /** Do something that moves in the history, and wait for the browser. */
  function moved(doIt) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the browser did not move")), 10_000);
      addEventListener("popstate", () => { clearTimeout(late); setTimeout(resolve); }, { once: true });
      doIt();
    });
  }

  const link = (page) => {
    const hash = `#${page}`;
    return location.hash === hash ? Promise.resolve() : moved(() => { location.hash = hash; });
  };

  const MOVES = {
    answer: (d, state) => {
      answer(d, state.typed, true);
      return MOVES.go_on(d, state);
    },
    // Many pages in a row, so that some walks begin deep in the journey.
    stride: (d, state) => {
      for (let pages = 3 + d.below(16); pages > 0 && at() !== "decision"; pages -= 1) {
        MOVES.answer(d, state);
        note(state);
      }
    },
    some: (d, { typed }) => answer(d, typed, false),
    go_on: (d, state) => {
      const before = at();
      const button = byId("wizard-continue").querySelector("button");
      if (!seen(button)) return;
      button.click();
      if (at() === before) {
        const errors = document.querySelector(".cse-errors");
        if (!seen(errors) || document.activeElement !== errors) state.faults.push(`${before}: Continue stays and no summary of errors has the focus`);
      } else if (state.changing && at() !== "check" && !lacks(state.typed)) {
        state.faults.push(`after a change on ${before}, ${at()} is asked although it lacks no answer`);
      }
      if (at() === "check") state.changing = false;
    },
    page_back: async (d, state) => {
      const back = document.querySelector(".wizard-back a");
      if (!seen(back) || state.here === 0) return;
      state.changing = false;
      await moved(() => back.click());
      arrive(state, -1);
    },
    back: async (d, state) => {
      if (state.here === 0) return;
      state.changing = false;
      await moved(() => history.back());
      arrive(state, -1);
    },
    forward: async (d, state) => {
      if (state.ahead === 0) return;
      state.changing = false;
      await moved(() => history.forward());
      arrive(state, 1);
    },
    check: async (d, state) => {
      state.changing = false;
      const shown = document.querySelector("#wizard-continue .wizard-to-check");
      if (seen(shown)) shown.click();
      else await link("check");
    },
    change: async (d, state) => {
      if (at() !== "check") await MOVES.check(d, state);
      const links = [...document.querySelectorAll("#check [data-go][data-from=check]")].filter(seen);
      if (at() !== "check" || links.length === 0) return;
      note(state);
      d.one(links).click();
      state.changing = true;
      if (d.chance(0.8)) answer(d, state.typed, true);
      note(state);
      MOVES.go_on(d, state);
    },
    link: async (d, state) => {
      state.changing = false;
      await link(d.one([...document.querySelectorAll("[data-page][data-title]")]).id);
    },
    decision: async (d, state) => {
      state.changing = false;
      await MOVES.check(d, state);
      note(state);
      const aside = byId("check-answers").textContent;
      const shown = [...document.querySelectorAll("[data-go=decision]")].find(seen);
      if (shown && d.chance(0.5)) shown.click();
      else await link("decision");
      if (at() !== "decision") return; // nothing is answered yet
      await settled();
      const section = byId("decision");
      const ids = (kind) => [...section.querySelectorAll(`[data-${kind}]`)].map((one) => one.dataset[kind]);
      state.decisions.push({
        case: byId("record-case")?.textContent ?? lastCase, // a case that was refused is not shown
        decision: byId("record-decision")?.textContent ?? null,
        route: section.dataset.route ?? null,
        actions: ids("action"),
        warnings: ids("warning"),
        typed: { ...state.typed },
        aside,
      });
    },
  };

  /** Whether the open page still asks for an answer that the person did not give, or gave for another age. */
  function lacks(typed) {
    const groups = [...byId(at()).querySelectorAll("[data-required]")].filter(seen);
    if (groups.some((group) => ![...group.querySelectorAll("input:checked")].some((one) => seen(one.closest("label"))))) return true;
    return at() === "age" && !["child.date_of_birth", "child.age", "age.not_known"].some((name) => (typed[name] ?? "").trim());
  }

  /** The browser went back or forward: the page of then is open, or the page says why another is. */
  function arrive(state, step) {
    const then = state.pages[state.here + step];
    if (at() !== then && !seen(byId("wizard-notice"))) state.faults.push(`history led to ${at()} instead of ${then}, and no word of it`);
    if (index() - state.base !== state.here + step) state.faults.push(`history is at ${index() - state.base} instead of ${state.here + step}`);
    state.here += step;
    state.ahead -= step;
    state.pages[state.here] = at();
  }

  /** Note where the walk came to. */
  function note(state) {
    const here = index() - state.base;
    if (here > state.here) {
      state.pages.length = here;
      state.ahead = 0;
    }
    state.here = here;
    state.pages[here] = at();
  }

  /** What the page holds equals what was typed, and one page stands open. */
  function hold(state, after) {
    for (const control of controlsOf(byId("wizard-form"))) {
      const wanted = state.typed[control.name] ?? "";
      const held = control.type === "radio" || control.type === "checkbox" ? control.checked === (wanted === control.value) : control.value === wanted;
      if (!held) state.faults.push(`after ${after} on ${at()}: ${control.name} (${control.value}) is not as it was left: ${JSON.stringify(wanted)}`);
    }
    const open = [...document.querySelectorAll("[data-page][data-title]")].filter(seen).map((one) => one.id);
    if (open.length !== 1 || open[0] !== at()) state.faults.push(`after ${after}: ${open} stand open, ${at()} should`);
    const strip = document.querySelector(".wizard-so-far");
    if (at() === "decision" && seen(strip)) state.faults.push("the decision page has a strip with a decision so far");
  }

  window.walker = {
    settled,
    /** The questions: what kind each is and what the check page calls it. */
    questions: () => Object.fromEntries([...document.querySelectorAll("#wizard-form [data-question], #wizard-form [data-sign]")].map((one) =>
      [one.dataset.question ?? `indicators.${one.dataset.sign}`, { kind: one.dataset.kind ?? "sign", short: one.dataset.short }])),
    /** Begin anew, as a person who presses Clear everything. */
    begin() {
      const clear = document.querySelector("[data-clear]");
      if (!clear.hidden) {
        clear.click();
        document.querySelector("[data-clear-yes]").click();
      }
      if (at() !== "danger") throw new Error(`a new walk begins on ${at()}`);
      const state = { typed: {}, pages: ["danger"], here: 0, ahead: 0, base: index(), changing: false, decisions: [], faults: [], moves: [] };
      hold(state, "clearing everything");
      return state;
    },
    /** Take moves, one after the other: [name, seed]. */
    async walk(moves, state) {
      for (const [name, seed] of moves) {
        if (state.faults.length > 0) break;
        const from = at();
        try {
          await MOVES[name](dice(seed), state);
          note(state);
          hold(state, name);
        } catch (thrown) {
          state.faults.push(`${name} on ${from}: ${thrown.message}`);
        }
        state.moves.push(`${from}: ${name}`);
      }
      return state;
    },
    /** A record was opened, and its answers taken on: what the form holds is from here what the person knows to be typed. */
    taken(state) {
      state.typed = {};
      for (const control of controlsOf(byId("wizard-form"))) {
        const chosen = control.type === "radio" || control.type === "checkbox";
        if (chosen ? control.checked : control.value) state.typed[control.name] = control.value;
      }
      note(state);
      return state;
    },
    /** The tab was loaded anew: what it holds must be what it held. */
    returned(state, after) {
      hold(state, after);
      if (at() !== state.pages[state.here]) state.faults.push(`after ${after} ${at()} is open, not ${state.pages[state.here]}`);
      state.changing = false;
      return state;
    },
  };
})();
