// The reader's area: chosen on the contacts page, kept with the tab, and used to put the area's own numbers beside its contacts.

const KEY = "area";

/**
 * @typedef {{ label: string, when: string, numbers: string[] }} AreaContact
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
  const answer = await fetch(new URL("assets/areas.json", root));
  if (!answer.ok) return;
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
    own.append(contact.numbers.length ? ")" : "no number known to us)");
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
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  select.addEventListener("change", () => {
    const area = areas.find(({ id }) => id === select.value);
    const kept = choose(select.value);
    fill(area);
    for (const block of document.querySelectorAll("details[data-area]")) block.toggleAttribute("open", block.getAttribute("data-area") === select.value);
    said.textContent = area ? `${area.name} chosen.${kept ? "" : " Your browser keeps nothing, so it holds for this page only."}` : "No area chosen.";
  });
  place.className = "cse-group";
  place.append(label, hint, select, said);
  place.hidden = false;
  if (!location.hash) document.querySelector(`details[data-area="${select.value}"]`)?.toggleAttribute("open", true);
}
