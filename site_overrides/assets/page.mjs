// What every page does with a script: nothing that it cannot do without. Each feature is loaded when it is first wanted.

import { watch } from "./guard.mjs";
import { setUpPrinting } from "./printing.mjs";

watch();
setUpPrinting();

const box = /** @type {HTMLInputElement | null} */ (document.querySelector("#site-search"));
const results = /** @type {HTMLElement | null} */ (document.querySelector("#search-page"));
const root = new URL((box ?? results)?.dataset["search"] ?? ".", location.href).href;

// Search: nothing is fetched until somebody goes to the box.
if (box) {
  const open = () => import("./search/box.mjs").then(({ openBox }) => openBox(box, root));
  if (document.activeElement === box) void open();
  else box.addEventListener("focus", open, { once: true });
}
if (results) void import("./search/results_page.mjs").then(({ showResults }) => showResults(results, root));

// The reader's area, where it was chosen or can be.
let area = "";
try {
  area = sessionStorage.getItem("area") ?? "";
} catch {
  // a browser that keeps nothing: no area is chosen
}
if (document.querySelector("[data-area-chooser]") || (area && document.querySelector("[data-contact]"))) {
  void import("./area.mjs").then(({ useArea }) => useArea(root));
}

// A page may have become overdue for review since it was built.
for (const banner of document.querySelectorAll("[data-due]")) {
  if (new Date().toISOString().slice(0, 10) > (banner.getAttribute("data-due") ?? "")) banner.removeAttribute("hidden");
}

// Tips on terms can be put away with Escape.
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.documentElement.classList.add("tips-off");
});
for (const type of /** @type {const} */ (["pointerover", "focusin"])) {
  addEventListener(type, (event) => {
    if (!(/** @type {Element} */ (event.target).closest?.(".term"))) document.documentElement.classList.remove("tips-off");
  });
}

// On paper: title, version and dates in the margins of every sheet.
addEventListener("beforeprint", () => {
  const page = document.documentElement.style;
  const head = /** @type {HTMLElement | null} */ (document.querySelector(".print-head"))?.dataset ?? {};
  const now = new Date().toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
  page.setProperty("--print-title", JSON.stringify(document.title));
  page.setProperty("--print-version", JSON.stringify(head["version"] ? `Version ${head["version"]}. Reviewed ${head["reviewed"]}` : ""));
  page.setProperty("--print-dates", JSON.stringify(`Printed ${now}. Printed copies go out of date.`));
});
