/**
 * What a meeting needs of a record: the day, the child's status, the plan. What is missing is empty.
 */

/**
 * @typedef {object} MeetingRecord
 * @property {string} asOf
 * @property {string} status the child's status, "not_known" where the record has none
 * @property {{id: string, what: string, who: string, when: {rule: string, due: string | null}, sources: string[]}[]} actions
 */

/**
 * @param {import("../records/record_file.mjs").Data} record
 * @returns {MeetingRecord}
 */
export function forMeeting(record) {
  const answered = objectOf(record["case"]);
  const { actions } = objectOf(record["decision"]);
  return {
    asOf: text(answered["as_of"]),
    status: text(objectOf(answered["child"])["status"]) || "not_known",
    actions: (Array.isArray(actions) ? actions : []).map((one) => {
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
