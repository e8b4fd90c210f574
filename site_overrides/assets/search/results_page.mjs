// The search page: shows what was found for ?q= and keeps the address in step with the words.

import { engineOf } from "./load.mjs";
import { element, hitList, ringFirst, summary } from "./view.mjs";

/** @param {HTMLElement} page the element that holds the form and the results @param {string} root the site's start page as an address */
export async function showResults(page, root) {
  const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (page.querySelector("#search-words"));
  const count = /** @type {HTMLElement} */ (page.querySelector("#search-count"));
  const place = /** @type {HTMLElement} */ (page.querySelector("#search-hits"));

  /** @param {string} query */
  const show = async (query) => {
    if (!query.trim()) {
      count.textContent = "";
      place.replaceChildren();
      return;
    }
    count.textContent = "Searching…";
    try {
      const engine = await engineOf(root);
      const answer = engine.search(query, { limit: 30 });
      count.textContent = summary(answer.hits.length, query, answer.corrected);
      place.replaceChildren(...(answer.ring || !answer.hits.length ? [ringFirst(root)] : []), hitList(answer.hits, answer.terms, root));
      if (!answer.hits.length) place.append(element("p", "", "If you are worried about a child, do not wait until you find it here: ring."));
    } catch {
      count.textContent = "The search could not be loaded. Check your connection and press Search again, or use the list of all pages below.";
      place.replaceChildren(ringFirst(root));
    }
  };

  const asked = () => new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", `?q=${encodeURIComponent(input.value)}`);
    void show(input.value);
  });
  addEventListener("popstate", () => {
    input.value = asked();
    void show(asked());
  });
  input.value = asked();
  await show(asked());
}
