/**
 * Days and times: as people write them, as a case holds them (YYYY-MM-DD, YYYY-MM-DDTHH:MM) and as the page shows them.
 */

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/** Made once: making one takes longer than all else that an answer sets off. */
const IN_ENGLAND = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hourCycle: "h23",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});
const ISO_DAY = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const WRITTEN_DAY = /^(?:(\w{3,9})[\s.,]+)?(\d{1,2})(?:st|nd|rd|th)?(?:[\s/.,-]+(\d{1,2})[\s/.,-]+|(?:\s+of\s)?[\s/.,-]*([a-z]{3,9})[\s/.,-]*)(\d{4})$/i;
const TWO_FIGURES = /(?<!\d)['’]?(\d{2})$/;

/**
 * The local time in England, whatever the device's own zone, as YYYY-MM-DDTHH:MM.
 *
 * @param {Date} [now]
 * @returns {string}
 */
export function nowInEngland(now = new Date()) {
  const parts = IN_ENGLAND.formatToParts(now);
  /** @param {string} type */
  const part = (type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * Read a day as people write it: 27 3 2012, 27/03/2012, 27th of March 2012, 27Mar2012, 2012-03-27. The day comes before the
 * month. A weekday before it has to be that day's own.
 *
 * @param {string} text
 * @returns {string | null} YYYY-MM-DD, or null where it is no day of the calendar
 */
export function readDay(text) {
  const written = text.trim();
  const iso = ISO_DAY.exec(written);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const [, weekday, day, month, named, year] = WRITTEN_DAY.exec(written) ?? [];
  const found = calendarDay(Number(year), named ? placeOf(named, MONTHS) + 1 : Number(month), Number(day));
  return found && weekday && placeOf(weekday, WEEKDAYS) !== new Date(found).getUTCDay() ? null : found;
}

/**
 * Whether a text is a day but for its year, which has two figures: 12 may be 1912 or 2012.
 *
 * @param {string} text
 */
export function shortYear(text) {
  return readDay(text) === null && ["19$1", "20$1"].some((year) => readDay(text.trim().replace(TWO_FIGURES, year)) !== null);
}

/**
 * @param {string} written a name or the beginning of one
 * @param {string[]} names
 */
const placeOf = (written, names) => names.findIndex((name) => name.toLowerCase().startsWith(written.toLowerCase()));

/**
 * @param {number} year
 * @param {number} month 1 to 12
 * @param {number} day
 * @returns {string | null}
 */
function calendarDay(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const kept = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return kept && year > 0 ? date.toISOString().slice(0, 10) : null;
}

/**
 * A person's age in whole years on a day. Born on 29 February, a year older on 1 March of a common year.
 *
 * @param {string} birth YYYY-MM-DD
 * @param {string} day YYYY-MM-DD, or a moment that begins with it
 * @returns {number} below 0 where the birth is later than the day
 */
export function ageOn(birth, day) {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5, 10) < birth.slice(5, 10) ? years - 1 : years;
}

/**
 * A day or moment in words, with its weekday: "Monday 23 November 2026", "Monday 23 November 2026 at 10:30".
 *
 * @param {string} iso YYYY-MM-DD or YYYY-MM-DDTHH:MM
 * @returns {string}
 */
export function inWords(iso) {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  const day = `${WEEKDAYS[date.getUTCDay()]} ${dayInWords(iso)}`;
  return iso.length > 10 ? `${day} at ${iso.slice(11, 16)}` : day;
}

/**
 * A day in words without its weekday: "23 November 2026".
 *
 * @param {string} iso
 * @returns {string}
 */
export function dayInWords(iso) {
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${Number(iso.slice(0, 4))}`;
}
