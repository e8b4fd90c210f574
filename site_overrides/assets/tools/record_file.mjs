/**
 * Reading a record of the wizard from a file on this device: the case and the decision, or what is wrong with the file.
 */

/**
 * What of a record a tool uses.
 *
 * @typedef {object} Record
 * @property {string} asOf
 * @property {string} status the child's status, "not_known" where the record has none
 * @property {{id: string, what: string, who: string, when: {rule: string, due: string | null}, sources: string[]}[]} actions
 */

/** More than this is no record. */
const LARGEST = 2_000_000;

export class NoRecord extends Error {}

/**
 * @param {{size: number, text: () => Promise<string>}} file
 * @returns {Promise<Record>}
 * @throws {NoRecord} in words for the person at the page
 */
export async function openRecord(file) {
  if (file.size > LARGEST) throw new NoRecord("This file is too large to be a record of the wizard. Choose the file record.json that the wizard saved.");
  /** @type {unknown} */
  let found;
  try {
    found = JSON.parse(await file.text());
  } catch {
    throw new NoRecord("This file cannot be read as a record. Choose the file record.json that the wizard saved.");
  }
  return read(found);
}

/**
 * @param {unknown} found
 * @returns {Record}
 */
function read(found) {
  const record = objectOf(found);
  const decision = objectOf(record["decision"]);
  const answered = objectOf(record["case"]);
  const { actions } = decision;
  if (!Array.isArray(actions) || !actions.every((action) => typeof objectOf(action)["id"] === "string")) {
    throw new NoRecord("This file holds no decision of the wizard. Choose the file record.json that the wizard saved.");
  }
  return {
    asOf: text(answered["as_of"]),
    status: text(objectOf(answered["child"])["status"]) || "not_known",
    actions: actions.map((one) => {
      const action = objectOf(one);
      const when = objectOf(action["when"]);
      return {
        id: text(action["id"]), what: text(action["what"]), who: text(action["who"]),
        when: { rule: text(when["rule"]), due: text(when["due"]) || null },
        sources: Array.isArray(action["sources"]) ? action["sources"].map(text) : [],
      };
    }),
  };
}

/**
 * @param {unknown} value
 * @returns {{[key: string]: unknown}}
 */
const objectOf = (value) => (value && typeof value === "object" ? /** @type {{[key: string]: unknown}} */ (value) : {});

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");
