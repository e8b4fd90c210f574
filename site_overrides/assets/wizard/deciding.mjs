/**
 * Asking the engine, one case at a time: while it decides, only the newest case waits.
 */

/** @typedef {import("./decision.mjs").Decision} Decision */
/** @typedef {import("./decision.mjs").Problem} Problem */

/**
 * A case that was decided, or the problems that stood in the way. `open` is the contact that answers for Children's
 * Services at that hour, null where the engine cannot tell.
 *
 * @typedef {{asOf: string, caseText: string, text: string, decision: Decision | null, problems: Problem[], open: string | null}} Decided
 */

/** @typedef {"loading" | "ready" | "failed"} State */

/**
 * What of the engine's client is used here; the client itself is in assets/engine/client.mjs.
 *
 * @typedef {object} Engine
 * @property {State} state
 * @property {(text: string) => Promise<string>} decide
 * @property {(name: string, ...args: string[]) => Promise<string>} call
 * @property {(listener: (state: State, failure: Error | null) => void) => void} onState
 * @property {() => void} retry
 */

export class Deciding {
  /**
   * @param {URL} base where the engine's files are
   * @param {(state: State, reason: string) => void} onState
   * @param {(decided: Decided) => void} onDecided
   */
  constructor(base, onState, onDecided) {
    this.base = base;
    this.onState = onState;
    this.onDecided = onDecided;
    /** @type {Engine | null} */
    this.engine = null;
    /** @type {State} */
    this.state = "loading";
    /** @type {{asOf: string, text: string, area: string} | null} */
    this.waiting = null;
    /** @type {Promise<void> | null} */
    this.started = null;
    /** What answers at an hour in an area, as far as it was asked. @type {Map<string, string | null>} */
    this.answering = new Map();
    this.busy = false;
    this.attempt = 0;
    this.round = 0;
  }

  /** Load the client and start the engine. */
  start() {
    this.started = this.load();
    return this.started;
  }

  async load() {
    this.told("loading");
    try {
      // A module that failed to load is remembered by its address, so a new attempt needs a new one.
      const address = new URL("client.mjs", this.base);
      if (this.attempt > 0) address.searchParams.set("attempt", String(this.attempt));
      this.attempt += 1;
      const client = await import(address.href);
      const engine = /** @type {Engine} */ (client.createEngine({ base: this.base.href }));
      this.engine = engine;
      engine.onState((state, failure) => this.told(state, failure?.message));
    } catch {
      this.told("failed");
    }
  }

  /** Start again after a failure. */
  retry() {
    if (!this.engine) this.start();
    else if (this.engine.state === "ready") this.told("ready"); // it refused one case and lives
    else this.engine.retry();
  }

  /**
   * Decide a case when the engine is ready; a newer case takes the place of one that waits.
   *
   * @param {string} asOf
   * @param {string} text
   * @param {string} area its id, "" where none is chosen
   */
  decide(asOf, text, area) {
    this.waiting = { asOf, text, area };
    this.next();
  }

  /**
   * Ask the engine something else; waits until it is ready.
   *
   * @param {string} name
   * @param {...string} args
   * @returns {Promise<string>}
   */
  async call(name, ...args) {
    await this.started;
    if (!this.engine) throw new Error("The engine is not loaded.");
    return this.engine.call(name, ...args);
  }

  /** Whether the newest case is decided. */
  get settled() {
    return !this.busy && !this.waiting;
  }

  /** Drop what waits and what is being decided. */
  forget() {
    this.waiting = null;
    this.round += 1;
  }

  /**
   * @param {State} state
   * @param {string} [reason]
   */
  told(state, reason = "") {
    const changed = state !== this.state || !document.documentElement.dataset["engine"];
    this.state = state;
    if (changed) this.onState(state, reason);
    this.next();
  }

  async next() {
    if (this.busy || !this.waiting || !this.engine || this.state !== "ready") return;
    const { asOf, text, area } = this.waiting;
    const round = this.round;
    this.waiting = null;
    this.busy = true;
    try {
      const answer = await this.engine.decide(text);
      const open = await this.whoAnswers(asOf, area);
      // The decision of earlier answers is never shown where newer ones wait.
      if (round === this.round && this.waiting === null) this.onDecided({ ...read(asOf, text, answer), open });
    } catch {
      // The case waits for the retry, unless a newer one does.
      if (round === this.round) this.waiting ??= { asOf, text, area };
      if (this.state === "ready") this.told("failed");
    } finally {
      this.busy = false;
    }
    this.next();
  }

  /**
   * Which contact answers for Children's Services at an hour. Opening hours and bank holidays are the engine's: it names
   * the open one in the plan for a child in danger, so that plan is asked for.
   *
   * @param {string} asOf
   * @param {string} area
   */
  async whoAnswers(asOf, area) {
    if (!this.engine || !area) return null;
    const key = `${asOf}|${area}`;
    if (!this.answering.has(key)) {
      const plan = JSON.parse(await this.engine.call("decide", JSON.stringify({ as_of: asOf, area, now: { immediate_risk: "yes" } })));
      const ring = /** @type {import("./decision.mjs").Action[] | undefined} */ (plan.actions)?.find((action) => action.id === "refer-to-mash-now");
      this.answering.clear();
      this.answering.set(key, ring?.contact ?? null);
    }
    return this.answering.get(key) ?? null;
  }
}

/**
 * @param {string} asOf
 * @param {string} caseText
 * @param {string} text
 * @returns {Omit<Decided, "open">}
 */
function read(asOf, caseText, text) {
  const answer = JSON.parse(text);
  const problems = Array.isArray(answer.errors) ? answer.errors : [];
  return { asOf, caseText, text, decision: problems.length > 0 ? null : answer, problems };
}
