/**
 * A record's paths and values in the words of the questions. The words come from the page (build_scripts/wizard/answer_labels.py).
 */

import { inWords } from "../wizard/dates.mjs";

/**
 * Words by path: `short` is what the answer is called, `values` what its values are called. A sign stands under
 * `indicators.<id>`, the parts of all signs under `seen`, `when` and `note`, a decision's words under `route`, `outcome`
 * and `instrument`, titles of references under `references`. What is missing is shown by its path or value.
 *
 * @typedef {Record<string, {short: string, values: Record<string, string>}>} Labels
 */

const DAY = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/;
const SIGN = /^(indicators\.[^.]+)\.(seen|when|note)$/;
/** A sign that decides by itself stands under its own path for what is recorded as seen. */
const DECIDES = /^indicators\.[^.]+$/;

/**
 * What stands under a key of the page's own words: a record may hold any key at all.
 *
 * @template T
 * @param {Record<string, T>} words
 * @param {string} key
 * @returns {T | undefined}
 */
const under = (words, key) => (Object.hasOwn(words, key) ? words[key] : undefined);

/**
 * @param {Labels} labels
 * @param {string} path
 * @returns {string}
 */
export function nameOf(labels, path) {
  const sign = SIGN.exec(path);
  if (sign) return `${nameOf(labels, sign[1] ?? "")}: ${(labels[sign[2] ?? ""]?.short ?? sign[2] ?? "").toLowerCase()}`;
  return under(labels, path)?.short ?? plain(path.replace(/^indicators\./, "").replaceAll(".", ": "));
}

/**
 * @param {Labels} labels
 * @param {string} path
 * @param {unknown} value as the case holds it
 * @returns {string}
 */
export function valueNamed(labels, path, value) {
  if (value === null || value === undefined || value === "") return "Not answered";
  const part = SIGN.exec(path)?.[2] ?? (DECIDES.test(path) ? "seen" : path);
  const named = under(under(labels, part)?.values ?? {}, String(value));
  if (named !== undefined) return named;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value !== "string") return typeof value === "number" ? String(value) : JSON.stringify(value);
  if (value === "not_known") return "Not known";
  return DAY.test(value) ? inWords(value) : /^[a-z0-9]+(_[a-z0-9]+)+$/.test(value) ? plain(value) : value;
}

/**
 * @param {Labels} labels
 * @param {string | null} id
 * @returns {string}
 */
export const outcomeNamed = (labels, id) => (id === null ? "None" : under(labels["outcome"]?.values ?? {}, id) ?? plain(id));

/**
 * @param {Labels} labels
 * @param {string} id
 * @returns {string}
 */
export const routeNamed = (labels, id) => under(labels["route"]?.values ?? {}, id) ?? plain(id);

/**
 * @param {Labels} labels
 * @param {string} id
 * @returns {string}
 */
export const instrumentNamed = (labels, id) => under(labels["instrument"]?.values ?? {}, id) ?? plain(id);

/** @param {string} id words joined by _ or - */
function plain(id) {
  const words = id.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
