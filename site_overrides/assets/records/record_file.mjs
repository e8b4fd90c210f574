/**
 * A record file: opened from this device, saved to it. Nothing is sent, nothing is kept.
 *
 *   const { text, record } = await readRecordFile(file);   // throws RecordError, in words for the person at the page
 *   saveRecord(text, "screening-record-2026-11-22-2140.json");
 *   const answer = JSON.parse(await engine.call("open_record", text));
 *   if (answer.errors) throw refused(answer.errors);        // altered, newer, not whole: said in plain words
 */

import { el } from "../wizard/dom.mjs";

/** @typedef {{path: string, found: string, wanted: string, mend: string, code?: string}} Problem as the engine tells it */
/** @typedef {"too-big" | "not-json" | "no-record" | "newer" | "altered" | "not-whole"} Kind */
/** @typedef {{[key: string]: unknown}} Data */
/** @typedef {{text: string, record: Data}} RecordFile what stands in the file, and the same as data; its form is the engine's to check */

/** Where in the tab's storage the tool for records leaves a record for the wizard, which reads it once. */
export const HANDED_OVER = "cse-rescreen";
/** More bytes than this are no record. */
const LARGEST = 2_000_000;
/** The newest format that the engine reads; a test holds it against the engine's. */
export const NEWEST_FORMAT = 1;
const CHOOSE = "Choose the file that the wizard saved; its name begins with screening-record.";

/** @type {Record<Kind, string>} */
const SAYS = {
  "too-big": `This file is too large to be a record of the wizard. ${CHOOSE}`,
  "not-json": `This file cannot be read as a record. ${CHOOSE}`,
  "no-record": `This file holds no decision of the wizard. ${CHOOSE}`,
  newer: "This record was saved by a newer edition of this site. Reload this page and open it again, or open it where it was saved.",
  altered: "This record was altered after it was made, so what it says cannot be relied on. Open an untouched copy, or screen again.",
  "not-whole": "Parts of this record are missing or not as they were written. Open an untouched copy, or screen again.",
};

/** Why a file is not opened, in words for the person at the page. */
export class RecordError extends Error {
  /**
   * @param {Kind} kind
   * @param {string[]} details for whoever looks into it: what is wrong, and where
   */
  constructor(kind, details = []) {
    super(SAYS[kind]);
    this.name = "RecordError";
    this.kind = kind;
    this.details = details;
  }
}

/**
 * Read a file that the person chose. Whether it is whole and unaltered, the engine says when it opens the text.
 *
 * @param {{size: number, arrayBuffer: () => Promise<ArrayBuffer>}} file
 * @returns {Promise<RecordFile>}
 * @throws {RecordError}
 */
export async function readRecordFile(file) {
  if (file.size > LARGEST) throw new RecordError("too-big");
  let text = "";
  /** @type {unknown} */
  let found;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    found = JSON.parse(text);
  } catch {
    throw new RecordError("not-json");
  }
  return { text, record: recordIn(found) };
}

/**
 * @param {unknown} found
 * @returns {Data}
 */
function recordIn(found) {
  if (!found || typeof found !== "object") throw new RecordError("no-record");
  const record = /** @type {Data} */ (found);
  const { format, decision } = record;
  if (typeof format === "number" && format > NEWEST_FORMAT) throw new RecordError("newer");
  const actions = decision && typeof decision === "object" ? /** @type {Data} */ (decision)["actions"] : undefined;
  if (typeof format !== "number" || !Array.isArray(actions)) throw new RecordError("no-record");
  return record;
}

/**
 * What the engine says against a record, as an error in plain words with the engine's own words as details.
 *
 * @param {Problem[]} problems the `errors` of its answer; paths may begin with `old.` or `new.`
 * @returns {RecordError}
 */
export function refused(problems) {
  const details = problems.map(({ path, found, wanted, mend }) => `${path || "The file"}: ${found}. Wanted: ${wanted}. ${mend}`);
  // The engine of rules 2026.11.1, by which records of its day are checked, gave no codes.
  const codes = problems.map(({ code, mend }) => code ?? (mend.includes("was altered") ? "altered" : ""));
  if (codes.includes("newer-format")) return new RecordError("newer", details);
  if (codes.includes("altered")) return new RecordError("altered", details);
  return new RecordError(problems.every(({ path }) => /^((old|new)\.?)?(format)?$/.test(path)) ? "no-record" : "not-whole", details);
}

/**
 * Hand over a record as a file.
 *
 * @param {string} recordText as the engine made it
 * @param {string} filename
 */
export function saveRecord(recordText, filename) {
  const address = URL.createObjectURL(new Blob([recordText], { type: "application/json" }));
  el("a", { href: address, download: filename }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
