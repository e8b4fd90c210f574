/**
 * Reminders for a report to the police, by the good-report rules (reference n36): they remind, and stop nothing.
 */

/**
 * What was typed into a field that is looked at. `kind` is the field's `check` in docs/_data/tools/; `place` where it stands
 * ("Vehicle 2", "Facts: ..."); `entry` the id of the section and the number of the entry in it.
 *
 * @typedef {{id: string, kind: string, section: string, entry: string, label: string, place: string, value: string}} Typed
 */

/** @typedef {{rule: string, says: string, id: string}} Reminder `id`: the field it is about, "" for the whole report */

/** More words than this in one point: perhaps two points. Our own figure. */
const LONG = 50;

/** A letter by itself, with or without a full stop, beside another letter or a name: J. Smith, J S, Tom S. */
const INITIAL = /(?<![\p{L}\p{N}'’.-])(?!I\b|A\b)\p{Lu}(?:\.[\s.]*|\s+)\p{Lu}|(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+\s+(?!I\b|A\b)\p{Lu}(?:\.|(?![\p{L}\p{N}'’]))(?!\p{L})/u;
/** In a name alone: two or three capitals and nothing else, as JS or J.S.K. */
const CAPITALS = /^\s*(?:\p{Lu}\.?\s*){1,3}$/u;

/**
 * @param {Typed[]} typed every field that is looked at, in order, empty ones too
 * @param {boolean} anything whether anything at all was typed
 * @param {(text: string) => boolean} isDay whether a text can be read as a day
 * @returns {Reminder[]}
 */
export function remindersOf(typed, anything, isDay) {
  if (!anything) return [{ rule: "empty", says: "Nothing is written yet.", id: "" }];
  const filled = typed.filter((field) => field.value);
  return [...filled.flatMap((field) => aboutOne(field, typed, isDay)), ...aboutPeople(typed)];
}

/**
 * @param {Typed} field
 * @param {Typed[]} all
 * @param {(text: string) => boolean} isDay
 * @returns {Reminder[]}
 */
function aboutOne(field, all, isDay) {
  const { id, place, value } = field;
  /** @type {Reminder[]} */
  const found = [];
  const own = (/** @type {string} */ kind) => all.find((other) => other.entry === field.entry && other.kind === kind);
  if (field.kind === "name" && (INITIAL.test(value) || CAPITALS.test(value))) {
    found.push({ rule: "initials", says: `${place}: “${value}” looks like initials. Write the full name.`, id });
  } else if (field.kind === "name" && !/\s/.test(value)) {
    found.push({ rule: "full-name", says: `${place}: “${value}” is one name. Write the full name, if you know it.`, id });
  }
  if (["point", "text", "who-said"].includes(field.kind)) {
    const match = INITIAL.exec(value);
    if (match) found.push({ rule: "initials", says: `${place}: “${match[0].trim()}” looks like initials. Write the full name.`, id });
  }
  if (field.kind === "birth" && !isDay(value)) {
    found.push({ rule: "birth", says: `${place}: “${value}” cannot be read as a date. Write it like 27 3 1990.`, id });
  }
  const birth = own("birth");
  if (field.kind === "name" && birth && !birth.value) {
    found.push({ rule: "birth", says: `${place}: no date of birth. Add it, if you know it.`, id: birth.id });
  }
  const said = own("who-said");
  if (field.kind === "point" && said && !said.value) {
    found.push({ rule: "who-said", says: `${place}: who said it? Hearsay without a name is of little use to the police.`, id: said.id });
  }
  if (field.kind === "point" && value.split(/\s+/).length > LONG) {
    found.push({ rule: "long", says: `${place}: this is long. Can you make two short points of it?`, id });
  }
  return found;
}

/**
 * One person in each report, unless the people are connected.
 *
 * @param {Typed[]} typed
 * @returns {Reminder[]}
 */
function aboutPeople(typed) {
  return typed.flatMap((field) => {
    const name = typed.find((other) => other.entry === field.entry && other.kind === "name");
    if (field.kind !== "link" || field.value || !name?.value) return [];
    return [{ rule: "several-people", says: `${field.place}: one person in each report, unless they are connected. Say how, or write a second report.`, id: field.id }];
  });
}
