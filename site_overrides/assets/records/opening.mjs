/**
 * Opening a record: today's engine reads it, and the engine of its own rules decides it anew to see that it is as it was.
 */

import { refused } from "./record_file.mjs";

/** @typedef {ReturnType<typeof import("../engine/client.mjs").createEngine>} Engine */
/** @typedef {import("./record_file.mjs").Problem} Problem */
/** @typedef {import("./comparison.mjs").Comparison} Comparison */
/** @typedef {import("../wizard/decision.mjs").Decision} Decision */

/**
 * A record beside today's rules, as the engine's `open_record` gives it.
 *
 * @typedef {object} Opened
 * @property {number} format
 * @property {{then: {version: string, sha256: string}, now: {version: string, sha256: string}}} rules
 * @property {boolean} same_rules
 * @property {string} made_at
 * @property {{name: string, role: string}} judged_by
 * @property {Record<string, any>} case
 * @property {Problem[]} case_problems
 * @property {Decision} decision_then
 * @property {Decision | null} decision_now
 * @property {{id: string, text: string}[]} warnings
 */

/**
 * Whether a record's own rules decide its case as it says: `today` where its rules are today's, `own` where the engine
 * that was published for them said so, `not-published` where the site keeps none, `failed` where it could not be started.
 *
 * @typedef {{how: "today" | "own" | "not-published" | "failed", reason: string}} Checked
 */

/** @typedef {{text: string, opened: Opened, checked: Checked, difference: Comparison | null}} OpenRecord */

/**
 * @param {string} text the record as it stands in its file
 * @param {Engine} engine today's
 * @param {(rules: string) => Promise<Engine>} another starts the engine of published rules, by their SHA-256
 * @returns {Promise<OpenRecord>}
 * @throws {import("./record_file.mjs").RecordError} where it is no whole record, or was altered
 * @throws {Error} where today's engine does not answer
 */
export async function openRecord(text, engine, another) {
  /** @type {Opened & {errors?: Problem[]}} */
  const opened = JSON.parse(await engine.call("open_record", text));
  if (opened.errors) throw refused(opened.errors);
  const checked = opened.same_rules ? { how: /** @type {const} */ ("today"), reason: "" } : await underItsOwnRules(text, opened.rules.then.sha256, another);
  const difference = opened.same_rules || !opened.decision_now ? null : await differenceNow(text, opened, engine);
  return { text, opened, checked, difference };
}

/**
 * @param {string} text
 * @param {string} rules
 * @param {(rules: string) => Promise<Engine>} another
 * @returns {Promise<Checked>}
 */
async function underItsOwnRules(text, rules, another) {
  /** @type {Engine | null} */
  let engine = null;
  let answer = "";
  try {
    engine = await another(rules);
    answer = await engine.call("open_record", text);
  } catch (failure) {
    const { reason, message } = /** @type {{reason?: string, message: string}} */ (failure);
    return { how: reason === "not-published" ? "not-published" : "failed", reason: message };
  } finally {
    engine?.terminate(); // two Pythons at once are much for a phone
  }
  const { errors } = JSON.parse(answer);
  if (errors) throw refused(errors);
  return { how: "own", reason: "" };
}

/**
 * What today's rules decide differently for the same case, as the engine compares records.
 *
 * @param {string} text
 * @param {Opened} opened
 * @param {Engine} engine
 * @returns {Promise<Comparison | null>} null where nothing differs
 */
async function differenceNow(text, opened, engine) {
  if (!opened.warnings.some(({ id }) => id === "decided-otherwise")) return null;
  const now = await engine.call("record", JSON.stringify(opened.case), JSON.stringify(opened.judged_by), opened.made_at);
  /** @type {Comparison & {errors?: Problem[]}} */
  const compared = JSON.parse(await engine.call("compare", text, now));
  return compared.errors ? null : compared;
}
