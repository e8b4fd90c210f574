/**
 * Small helpers for making and finding elements.
 */

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Record<string, string | boolean>} [attributes] true sets an empty attribute, false leaves it out
 * @param {...(Node | string)} children text is set as text, never as HTML
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * The element with this id. Throws where the page has none: the template and the scripts belong together.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The screening page has no element #${id}`);
  return found;
}

/**
 * The summary of what stops a form. It takes the focus; the alert is inside it, as a screen reader that meets both on one element
 * may read its title twice or leave the list out (GOV.UK Frontend, issue 2657).
 *
 * @param {HTMLElement[]} links one for each mistake
 */
export function errorSummary(links) {
  return el("div", { class: "cse-errors", tabindex: "-1" }, el("div", { role: "alert" }, el("h2", {}, "There is a problem"), list(links)));
}

/**
 * A list as HTML, empty items left out.
 *
 * @param {(Node | string)[]} items
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElement}
 */
export function list(items, attributes = {}) {
  return el("ul", attributes, ...items.map((item) => el("li", {}, item)));
}
