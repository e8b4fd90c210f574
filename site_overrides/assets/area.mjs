// The reader's area: chosen on the contacts page or on Act now, kept with the tab, and used to put the area's own numbers beside its contacts.

const KEY = "area";

/**
 * @typedef {{ label: string, when: string, numbers: string[], disputed: boolean }} AreaContact
 * @typedef {{ id: string, name: string, contacts: Record<string, AreaContact> }} Area
 */

/** The area chosen in this tab; "" where none is or the browser keeps nothing. */
export function chosenArea() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} id */
function choose(id) {
  try {
    if (id) sessionStorage.setItem(KEY, id);
    else sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** Fill in the page's contacts, and set up the choice where the page offers it. @param {string} root the site's start page as an address */
export async function useArea(root) {
  const answer = await fetch(new URL("assets/areas.json", root)).catch(() => null);
  if (!answer?.ok) return; // no connection, or the page is left: the contacts still lead to the numbers
  /** @type {Area[]} */
  const areas = await answer.json();
  const chooser = document.querySelector("[data-area-chooser]");
  if (chooser) setUp(/** @type {HTMLElement} */ (chooser), areas);
  fill(areas.find((area) => area.id === chosenArea()));
}

/** @param {Area | undefined} area */
function fill(area) {
  for (const link of document.querySelectorAll("a[data-contact]")) {
    link.parentElement?.querySelectorAll(`:scope > [data-numbers-of="${link.getAttribute("data-contact")}"]`).forEach((old) => old.remove());
    const contact = area?.contacts[link.getAttribute("data-contact") ?? ""];
    /** @type {HTMLAnchorElement} */ (link).hash = area ? `area-${area.id}` : "";
    if (!area || !contact) continue;
    const own = document.createElement("span");
    own.dataset["numbersOf"] = link.getAttribute("data-contact") ?? "";
    own.append(` (${area.name}: `);
    contact.numbers.forEach((number, i) => {
      const call = document.createElement("a");
      call.className = "cse-phone";
      call.href = `tel:${number.replace(/[^0-9+]/g, "")}`;
      call.textContent = number;
      own.append(i ? " or " : "", call);
    });
    if (!contact.numbers.length) {
      const help = document.createElement("a");
      help.href = /** @type {HTMLAnchorElement} */ (link).href;
      help.textContent = "what to do";
      own.append("no number known to us, see ", help);
    }
    own.append(contact.disputed ? ", disputed)" : ")");
    link.after(own);
  }
}

/** @param {HTMLElement} place @param {Area[]} areas */
function setUp(place, areas) {
  const label = document.createElement("label");
  label.className = "cse-label";
  label.htmlFor = "area-choice";
  label.textContent = "Show my area’s numbers on every page";
  const hint = document.createElement("span");
  hint.className = "cse-hint";
  hint.id = "area-hint";
  hint.textContent = "Kept on this device until you close this tab. A browser that reopens the tab brings it back.";
  const select = document.createElement("select");
  select.className = "cse-input";
  select.id = "area-choice";
  select.setAttribute("aria-describedby", hint.id);
  select.append(new Option("No area chosen", ""), ...areas.map((area) => new Option(area.name, area.id)));
  select.value = chosenArea();
  const said = document.createElement("span"); // may stand within a paragraph, as the whole place may
  said.className = "area-said";
  said.setAttribute("role", "status");
  select.addEventListener("change", () => {
    const area = areas.find(({ id }) => id === select.value);
    const kept = choose(select.value);
    fill(area);
    for (const block of document.querySelectorAll("details[data-area]")) block.toggleAttribute("open", block.getAttribute("data-area") === select.value);
    first(select.value, areas);
    said.textContent = area ? `${area.name} chosen.${kept ? "" : " Your browser does not remember it, so it counts on this page only."}` : "No area chosen.";
  });
  place.className = "cse-group area-chooser";
  place.append(label, hint, select, said);
  place.hidden = false;
  if (!location.hash) document.querySelector(`details[data-area="${select.value}"]`)?.toggleAttribute("open", true);
  first(select.value, areas);
}

/** On the contacts page: the area chosen stands first, the others by name. @param {string} chosen @param {Area[]} areas */
function first(chosen, areas) {
  const list = document.querySelector("[data-areas]");
  for (const { id } of [...areas.filter((area) => area.id === chosen), ...areas.filter((area) => area.id !== chosen)]) {
    const block = list?.querySelector(`:scope > [data-area="${id}"]`);
    if (block) list?.append(block);
  }
}
