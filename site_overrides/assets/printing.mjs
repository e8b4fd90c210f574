/**
 * Printing, on every page: what was asked for stays marked until it is laid out, and nothing that belongs on paper stays folded.
 */

/** Take over the buttons that print. Their `data-print` may name what to print in place of the page as it stands. */
export function setUpPrinting() {
  const page = document.documentElement;
  let byButton = false;
  /** What was unfolded for the paper, and its group: of a group only one may be open. @type {[HTMLDetailsElement, string | null][]} */
  let unfolded = [];

  for (const button of document.querySelectorAll("[data-print]")) button.removeAttribute("hidden");
  document.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement | null} */ (event.target instanceof Element ? event.target.closest("[data-print]") : null);
    if (!button) return;
    byButton = true;
    page.dataset["print"] = button.dataset["print"] ?? "";
    print(); // on a telephone this comes back at once, before anything is laid out
  });
  addEventListener("beforeprint", () => {
    if (!byButton) delete page.dataset["print"]; // by the browser's own menu: the page as it stands
    byButton = false;
    const closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of /** @type {HTMLDetailsElement[]} */ (closed)) {
      unfolded.push([details, details.getAttribute("name")]);
      details.removeAttribute("name");
      details.open = true;
    }
  });
  addEventListener("afterprint", () => {
    delete page.dataset["print"];
    for (const [details, group] of unfolded) {
      details.open = false;
      if (group !== null) details.setAttribute("name", group);
    }
    unfolded = [];
  });
}
