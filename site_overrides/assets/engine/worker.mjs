// The engine's worker: starts Python, has micropip install the engine, then answers the page's calls.
//
// Everything is fetched at once, before Python starts. From then on this worker's `fetch` hands out only what it
// already holds, so that neither Python nor micropip can ask for anything else; the one exception is the full
// standard library, from the same folder, should an import need more than the trimmed one holds.
//
// Started as worker.mjs?rules=SHA256, it installs the published engine of those rules in place of today's.
//
// Messages out: {state: "ready", version} | {state: "failed", reason, detail} | {id, result} | {id, error}.
// Messages in: {id, type: "decide", case} | {id, type: "call", function, args}.
import { MANIFEST } from "./manifest.mjs";

/** @typedef {"runtime-blocked" | "wheel-corrupt" | "not-published"} Reason */
/** @typedef {{id: number, type: "decide", case: string} | {id: number, type: "call", function: string, args: string[]}} Call */

/** @param {string} path below this folder */
const here = (path) => new URL(path, import.meta.url).href;

const RUNTIME = here(MANIFEST.runtime);
const WASM = `${RUNTIME}pyodide.asm.wasm`;
const LIBRARY = here(MANIFEST.library);
const FULL_LIBRARY = here(MANIFEST.full_library);

/** The engine to install: today's, or the published one of the rules that this worker's address names. */
const RULES = new URL(import.meta.url).searchParams.get("rules");
const ENGINE = RULES === null ? MANIFEST.engine : MANIFEST.published[RULES];

const fromNetwork = self.fetch.bind(self);

/** @param {string} address @returns {Promise<Response>} */
async function get(address) {
  const response = await fromNetwork(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

/** Answers in the place of the network. @type {Map<string, () => Promise<Response>>} */
const held = new Map();

self.fetch = async (input) => {
  const address = input instanceof Request ? input.url : String(input);
  const answer = held.get(address);
  if (!answer) throw new TypeError(`The engine's worker fetches nothing: ${address}`);
  return answer();
};

/** The full library, there and then: Python's import waits for it. */
function fullLibrary() {
  const request = new XMLHttpRequest();
  request.open("GET", FULL_LIBRARY, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${FULL_LIBRARY} answered ${request.status}`);
  return new Uint8Array(request.response);
}

/** @param {unknown} reason */
const wordsOf = (reason) => (reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason));

async function start() {
  if (!ENGINE) throw new Error(`NotPublished: no engine for rules ${RULES}`);
  const engineAt = here(ENGINE.wheel);
  const bytesOf = async (/** @type {string} */ address) => new Uint8Array(await (await get(address)).arrayBuffer());
  const wasm = get(WASM);
  const [library, wheel] = [bytesOf(LIBRARY), bytesOf(engineAt)];
  const compiled = "compiled" in ENGINE ? bytesOf(here(ENGINE.compiled)) : null;
  const script = import(`${RUNTIME}pyodide.asm.mjs`);
  const loader = import(`${RUNTIME}pyodide.mjs`);
  // Some servers give the wasm file no type, and a browser compiles it while it arrives only under its own type.
  held.set(WASM, async () => new Response((await wasm).body, { headers: { "Content-Type": "application/wasm" } }));
  held.set(LIBRARY, async () => new Response(await library));
  held.set(engineAt, async () => new Response(await wheel));

  // Pyodide waits for ever where the wasm cannot be compiled or the library is missing: this promise does not.
  const blocked = new Promise((_, reject) => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (...given) => {
      const made = instantiate.apply(WebAssembly, given);
      made.catch(reject);
      return made;
    };
    Promise.all([wasm, library, wheel, compiled]).catch(reject);
  });

  const running = (async () => {
    const { default: createPyodideModule } = await script;
    return (await loader).loadPyodide({
      createPyodideModule,
      indexURL: RUNTIME,
      packageBaseUrl: RUNTIME,
      stdLibURL: LIBRARY,
      lockFileContents: MANIFEST.lock,
    });
  })();
  const python = /** @type {any} */ (await Promise.race([running, blocked]));
  const door = python.pyimport("engine_door");
  door.open_full_library(fullLibrary);
  await door.install(engineAt, await wheel, ENGINE.sha256);
  if (compiled && "compiled" in ENGINE) door.add_compiled(await compiled, ENGINE.compiled_sha256);
  return { door, version: door.begin() };
}

/** @param {Call} call @param {any} door */
function answer(call, door) {
  try {
    const result = call.type === "decide" ? door.call("decide", call.case) : door.call(call.function, ...call.args);
    self.postMessage({ id: call.id, result });
  } catch (reason) {
    self.postMessage({ id: call.id, error: wordsOf(reason) });
  }
}

// Held until this worker ends: the page notices when it is let go.
navigator.locks?.request(self.name, () => new Promise(() => {}));

try {
  const { door, version } = await start();
  self.onmessage = (event) => answer(event.data, door);
  self.postMessage({ state: "ready", version });
} catch (reason) {
  const detail = wordsOf(reason);
  /** @type {Reason} */
  const told = detail.includes("NotPublished") ? "not-published" : detail.includes("WheelCorrupt") ? "wheel-corrupt" : "runtime-blocked";
  self.postMessage({ state: "failed", reason: told, detail });
}
