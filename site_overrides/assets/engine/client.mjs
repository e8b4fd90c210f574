// The page's side of the engine: starts the worker, knows its state, and passes calls to it. Holds no rule.
//
//   const engine = createEngine();
//   engine.onState((state, failure) => { ... });   // "loading", "ready" or "failed"; failure.message is in plain words
//   const decision = await engine.decide(text);          // case JSON in, decision JSON out, as the engine wrote it
//
// Calls made while the engine loads wait for it. When it fails, every waiting call is rejected with an EngineError;
// `retry()` starts a new worker.

/** @typedef {"loading" | "ready" | "failed"} State */
/** @typedef {"runtime-blocked" | "wheel-corrupt" | "not-published" | "worker-died" | "time-out" | "stopped"} Reason */
/** @typedef {(state: State, failure: EngineError | null) => void} Listener */
/** @typedef {{base?: string | URL, rules?: string, loadSeconds?: number, callSeconds?: number}} Options */

/** Why the engine failed, in words for the person at the page. @type {Record<Reason, string>} */
export const WORDS = {
  "runtime-blocked": "The wizard's engine could not be loaded. The connection may be down, or this device may block it.",
  "wheel-corrupt": "The wizard's engine arrived damaged, so it was not used.",
  "not-published": "The rules asked for are not kept on this site.",
  "worker-died": "The wizard's engine stopped working.",
  "time-out": "The wizard's engine took too long to answer.",
  stopped: "The wizard's engine was stopped.",
};

export class EngineError extends Error {
  /** @param {Reason} reason @param {string} [detail] */
  constructor(reason, detail = "") {
    super(WORDS[reason]);
    this.name = "EngineError";
    this.reason = reason;
    this.detail = detail;
  }
}

/**
 * @param {Options} [options] `base`: the folder of worker.mjs (default: this script's own); `rules`: the
 *   SHA-256 of published rules, for the engine of those rules (default: today's); `loadSeconds`: how long
 *   loading may take (default 180: a slow line needs it); `callSeconds`: how long one answer may take (default 20)
 */
export function createEngine({ base = new URL(".", import.meta.url), rules = "", loadSeconds = 180, callSeconds = 20 } = {}) {
  const address = new URL("worker.mjs", new URL(base, document.baseURI));
  if (rules) address.searchParams.set("rules", rules);
  /** @type {Set<Listener>} */
  const listeners = new Set();
  /** @type {State} */
  let state = "loading";
  /** @type {EngineError | null} */
  let failure = null;
  let version = "";

  /** @param {State} next @param {EngineError | null} [why] */
  function become(next, why = null) {
    [state, failure] = [next, why];
    for (const listener of listeners) listener(state, failure);
  }

  /** One worker, from its start to its end. */
  function launch() {
    /** @type {Map<number, {resolve: (text: string) => void, reject: (reason: Error) => void, timer: number}>} */
    const waiting = new Map();
    const name = `cse-engine-${Date.now()}-${Math.random()}`;
    const worker = new Worker(address, { type: "module", name });
    const watch = new AbortController();
    let over = false;
    let last = 0;
    /** @type {(version: string) => void} */
    let loaded;
    /** @type {(reason: Error) => void} */
    let broke;
    /** @type {Promise<string>} */
    const ready = new Promise((resolve, reject) => ([loaded, broke] = [resolve, reject]));
    ready.catch(() => {}); // whoever asked for a call hears of it; nobody else has to
    const timer = window.setTimeout(() => end("time-out"), loadSeconds * 1000);

    /** @param {Reason} reason @param {string} [detail] */
    function end(reason, detail = "") {
      if (over) return;
      over = true;
      window.clearTimeout(timer);
      watch.abort();
      worker.terminate();
      const error = new EngineError(reason, detail);
      broke(error);
      for (const call of waiting.values()) {
        window.clearTimeout(call.timer);
        call.reject(error);
      }
      waiting.clear();
      become("failed", error);
    }

    /** A worker that dies says nothing, but it lets go of the lock that bears its name. Where there are no locks, a call times out. */
    function noticeDeath() {
      navigator.locks?.request(name, { signal: watch.signal }, () => end("worker-died")).catch(() => {});
    }

    worker.onmessage = ({ data }) => {
      if (over) return;
      if (data.state === "ready") {
        window.clearTimeout(timer);
        version = data.version;
        noticeDeath();
        become("ready");
        loaded(version);
      } else if (data.state === "failed") {
        end(data.reason, data.detail);
      } else {
        const call = waiting.get(data.id);
        if (!call) return;
        waiting.delete(data.id);
        window.clearTimeout(call.timer);
        if (typeof data.result === "string") call.resolve(data.result);
        else call.reject(new Error(data.error));
      }
    };
    worker.onerror = (event) => end(state === "ready" ? "worker-died" : "runtime-blocked", event.message);
    worker.onmessageerror = () => end("worker-died");

    return {
      ready,
      end,
      /** @param {Record<string, unknown>} message @returns {Promise<string>} */
      async ask(message) {
        await ready;
        return new Promise((resolve, reject) => {
          if (over) return reject(new EngineError("worker-died"));
          const id = ++last;
          worker.postMessage({ id, ...message }); // first: what cannot be sent rejects this call, and stops no other
          waiting.set(id, { resolve, reject, timer: window.setTimeout(() => end("time-out"), callSeconds * 1000) });
        });
      },
    };
  }

  let run = launch();

  return {
    /** Settles when the engine can decide; rejects with an EngineError when it cannot. After `retry()` it is a new promise. */
    get ready() {
      return run.ready;
    },
    get state() {
      return state;
    },
    /** Why it failed, or null. */
    get failure() {
      return failure;
    },
    /** The engine's version, once it is ready. */
    get version() {
      return version;
    },
    /** Decide a case. @param {string} text the case as JSON @returns {Promise<string>} the decision as JSON, byte for byte */
    decide: (text) => run.ask({ type: "decide", case: text }),
    /** Any other call that the engine's door knows. @param {string} name @param {...string} args @returns {Promise<string>} */
    call: (name, ...args) => run.ask({ type: "call", function: name, args }),
    /** Hear of every change of state, and of the present one at once. @param {Listener} listener @returns {() => void} stops it */
    onState(listener) {
      listeners.add(listener);
      listener(state, failure);
      return () => listeners.delete(listener);
    },
    /** Start anew after a failure. Does nothing while the engine loads or is ready. */
    retry() {
      if (state !== "failed") return;
      run = launch();
      become("loading");
    },
    /** Stop the engine; waiting calls are rejected. */
    terminate: () => run.end("stopped"),
  };
}
