/**
 * Whom to ring: an area's contacts as the build made them, and which of them answers at the hour of the decision.
 */

import { el } from "./dom.mjs";

/** The contact that answers in office hours; where the engine names another, that one is rung first. */
const DAYTIME = "mash";

/**
 * What the page knows of whom to ring.
 *
 * @typedef {object} Hour
 * @property {string} area the area's id, "not_known" where there is none
 * @property {string} asOf
 * @property {string | null} open the contact that answers at that hour, null where it is not known
 */

/**
 * An area's contacts: those asked for, or all with what is not known about the area.
 *
 * @param {string} area
 * @param {string[] | null} keys in the order in which they are wanted
 * @returns {Element[]}
 */
export function contactsOf(area, keys) {
  const source = document.querySelector(`template[data-contacts="${CSS.escape(area)}"]`) ?? document.querySelector('template[data-contacts="not_known"]');
  if (!(source instanceof HTMLTemplateElement)) return [];
  const copied = /** @type {DocumentFragment} */ (source.content.cloneNode(true));
  if (keys === null) return [...copied.children];
  return keys.flatMap((key) => [...copied.children].filter((contact) => contact.getAttribute("data-contact-key") === key));
}

/**
 * Whether the contact that answers in office hours is closed, and another is rung in its place.
 *
 * @param {Hour} hour
 */
export const closedNow = ({ open }) => open !== null && open !== DAYTIME;

/**
 * The contacts of an action in the order in which to ring: where the one for office hours is closed, the open one first.
 *
 * @param {string} contact as the decision names it
 * @param {Hour} hour
 * @returns {string[]} keys
 */
export function toRing(contact, hour) {
  const childrens = contact === DAYTIME || contact === hour.open;
  if (!childrens || !closedNow(hour)) return [contact];
  return [hour.open ?? contact, DAYTIME];
}

/**
 * That the contact for office hours is closed at the hour of the decision, and which is rung first.
 *
 * @param {Hour} hour
 * @returns {string}
 */
export function closedSaid(hour) {
  const [daytime] = contactsOf(hour.area, [DAYTIME]);
  const [open] = contactsOf(hour.area, [hour.open ?? ""]);
  return `${nameOf(daytime)}. Ring the ${nameOf(open)} first.`;
}

/**
 * Whom to ring for an action: in full, or the numbers alone.
 *
 * @param {string} contact
 * @param {Hour} hour
 * @param {boolean} inFull
 * @returns {Node[]}
 */
export function ring(contact, hour, inFull) {
  const keys = toRing(contact, hour);
  const closed = keys.length > 1 ? [el("p", { class: "wizard-closed" }, el("b", {}, "Closed now: "), closedSaid(hour))] : [];
  return [...closed, ...keys.flatMap((key) => (inFull ? contactsOf(hour.area, [key]) : inOneLine(hour.area, key)))];
}

/** @param {Element | undefined} contact */
export const nameOf = (contact) => contact?.querySelector(".wizard-contact-name")?.firstChild?.textContent?.trim() ?? "";

/** @param {Element} contact */
export const numbersOf = (contact) => [...contact.querySelectorAll(":scope > .wizard-contact-number .cse-phone")];

/**
 * A contact with its numbers alone, or with what to do where none is known.
 *
 * @param {string} area
 * @param {string} key
 * @returns {Node[]}
 */
function inOneLine(area, key) {
  return contactsOf(area, [key]).map((found) => {
    const contact = /** @type {HTMLElement} */ (found);
    if (contact.dataset["everyArea"] !== undefined) {
      return el("p", {}, el("a", { href: "#area", "data-go": "area", "data-from": "check" }, "Choose the council area"), " to see the number here.");
    }
    const numbers = numbersOf(contact);
    const said = numbers.length > 0 ? numbers.flatMap((number, index) => (index === 0 ? [number] : [" or ", number])) : [contact.querySelector(".cse-hint")?.textContent ?? ""];
    return el("p", { class: "wizard-one-line" }, `${nameOf(contact)}: `, ...said);
  });
}
