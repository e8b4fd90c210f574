// Finds what a person means among the paragraphs, notes, headings and pages of the site. Pure: data in, hits out, no page needed,
// so that the figures for ranking are measured in Node on the same code that readers run.

import MiniSearch from "minisearch";
import SearchableMap from "minisearch/SearchableMap";
import { stemmer } from "stemmer";

/**
 * @typedef {object} IndexedPage
 * @property {string} u address from the site's root
 * @property {string} t title
 * @property {string} d description
 * @property {string[]} k keywords
 * @property {string[]} s sections that the page carries
 * @property {number} w what its hits weigh beside those of other pages
 *
 * @typedef {[page: number, anchor: string, label: string, heading: string, text: string]} IndexedPart
 *
 * @typedef {object} SearchIndex
 * @property {IndexedPage[]} pages
 * @property {IndexedPart[]} parts
 * @property {string[][]} same words that mean the same
 * @property {[say: string[], means: string[]][]} lay what people say, and what pages call it
 * @property {string[][]} ring words that ask for a telephone number
 * @property {[words: string[], under: string][]} asks words that ask for pages of one folder
 * @property {string[]} suggest
 *
 * @typedef {object} Hit
 * @property {string} url address from the site's root, with the anchor
 * @property {string} title the page's title
 * @property {string} label the paragraph's id, "" for a part that is none
 * @property {string} heading
 * @property {string} text
 * @property {string[]} sections sections of the paragraph, else those that the page carries
 * @property {boolean} note whether this is an editor's note
 * @property {number} weight that of the page
 * @property {number} score
 *
 * @typedef {object} Answer
 * @property {Hit[]} hits best first
 * @property {[typed: string, read: string][]} corrected words that were unknown, and how they were read
 * @property {boolean} ring whether the person seems to look for a telephone number
 * @property {string[]} terms stems that the hits may contain, for marking
 */

const STOP = new Set(
  ("a about all also am an and any are as at be been but by can could did do does doing for from get give gets had has have having he her here him his how i i'm if in into is it " +
    "its it's just like me my need needs of on once or our out she should so some someone somebody such than that the their them then there these they this those to too up us use used " +
    "very want was we were what what's when where which while who whom whose why will with would you your must happens happen say says there's im dont don't cant can't does doesnt isn't isnt wont wouldnt havent hasnt didnt").split(" "),
);

/** Words that stand on nearly every page of this site, and so say little of what a person is looking for. */
const COMMON = "child children young person people kid kids teenager teenagers teen pupil student girl girls cse exploitation exploited sexual sexually worker staff professional".split(" ");

/** @param {string} text */
export const fold = (text) => text.toLowerCase().replace(/[’‘]/g, "'").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

/** @param {string} text @returns {string[]} */
export const split = (text) =>
  fold(text)
    .replace(/co-ordinat/g, "coordinat")
    .replace(/'s\b|'/g, "")
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** @type {Map<string, string>} */
const stems = new Map();
/** @param {string} word */
export const stem = (word) => {
  let found = stems.get(word);
  if (found === undefined) stems.set(word, (found = /\d/.test(word) ? word : stemmer(word)));
  return found;
};

/** A term as it stands. */
const ONE_TERM = { tokenize: (/** @type {string} */ text) => [text], processTerm: (/** @type {string} */ term) => term };

const PARAGRAPH = /^\s*(?:para(?:graph)?\s*)?([rs]?)\s*(\d+(?:\.\d+)?(?:\s*\(?\s*[0-9a-z]{1,5}\s*\)?)?)\s*$/i;

const common = new Set(COMMON.map(stem));

/** How much of its page's score a part gets beside its own: a paragraph on the right page comes before the same words elsewhere. */
const PAGE_SHARE = 0.7;

/** What a part gains where the words asked for stand side by side in it, as they were typed. */
const PAIRS = 1;

/** One search engine over one index. @param {SearchIndex} index */
export function makeSearch(index) {
  /** Words as they stand on the site, and how often. @type {Map<string, number>} */
  const words = new Map();
  /** @param {string} text */
  const learn = (text) => {
    const list = split(text);
    for (const word of list) words.set(word, (words.get(word) ?? 0) + 1);
    return list;
  };
  const engine = new MiniSearch({
    fields: ["title", "keywords", "heading", "text"],
    tokenize: learn,
    processTerm: (term) => (STOP.has(term) ? null : stem(term)),
  });
  /** @type {Omit<Hit, "score">[]} */
  const documents = [];
  /** @type {Map<string, string>} labels by their small letters */
  const byLabel = new Map();
  /** @param {Omit<Hit, "score">} hit @param {Record<string, string>} fields */
  const add = (hit, fields) => {
    engine.add({ id: documents.length, title: "", keywords: "", heading: "", ...fields });
    documents.push(hit);
  };
  for (const page of index.pages) {
    const hit = { url: page.u, title: page.t, label: "", heading: "", text: page.d, sections: page.s, note: false, weight: page.w };
    add(hit, { title: page.t, keywords: page.k.join(" . "), text: page.d });
  }
  /** For each document the page that it belongs to; the documents of the pages come first, in their order. */
  const pageOf = index.pages.map((_, number) => number);
  for (const [number, anchor, label, heading, text] of index.parts) {
    const page = /** @type {IndexedPage} */ (index.pages[number]);
    const section = label.replace(/[.(].*/, "");
    if (label) byLabel.set(label.toLowerCase(), label);
    const note = anchor.startsWith("note-");
    const hit = { url: `${page.u}#${anchor}`, title: page.t, label, heading, text, sections: section ? [section] : page.s, note, weight: page.w };
    pageOf.push(number);
    add(hit, { heading, text });
  }

  const phrases = readPhrases(index);
  for (const group of [...index.same, ...index.lay.map(([say]) => say), ...index.ring]) group.forEach(learn);
  const known = new Set([...words.keys()].map(stem));
  /** The same words as a tree, which finds those that are near one; made when a word is first unknown. @type {SearchableMap<number> | undefined} */
  let tree;
  const near = () => (tree ??= SearchableMap.from([...words]));
  const ringing = index.ring.flat().map((text) => split(text).map(stem).join(" "));
  const asks = index.asks.map(([list, under]) => ({ words: list.map((text) => split(text).map(stem).join(" ")), under }));
  const bets = index.pages.map((page) => new Set([...page.k, page.t].map((text) => split(text).map(stem).join(" "))));

  /**
   * A word that neither the pages nor the word list know, read as the nearest that they do; null where none is near.
   * @param {string} word
   */
  const correct = (word) => {
    if (word.length < 4 || /\d/.test(word)) return null;
    const limit = word.length > 10 ? 3 : word.length > 6 ? 2 : 1;
    let best = null;
    let bestCost = Infinity;
    for (const [candidate, [count, distance]] of near().fuzzyGet(word, limit)) {
      if (distance === 0 || candidate.length < 3 || candidate[0] !== word[0]) continue; // few slips change the first letter
      const cost = distance - Math.min(0.4, Math.log10(count) / 5) + Math.abs(candidate.length - word.length) / 20;
      if (cost < bestCost) [best, bestCost] = [candidate, cost];
    }
    return best;
  };

  /**
   * @param {string} query as typed
   * @param {{ typing?: boolean, limit?: number }} [options] typing: the last word may be unfinished
   * @returns {Answer}
   */
  function search(query, { typing = false, limit = 20 } = {}) {
    const exact = findParagraph(query, byLabel);
    const typed = split(query).slice(0, 24);
    /** @type {[string, string][]} */
    const corrected = [];
    const read = typed.map((word, i) => {
      const last = typing && i === typed.length - 1;
      if (known.has(stem(word)) || STOP.has(word)) return word;
      if (last && !near().atPrefix(word).entries().next().done) return word;
      const better = correct(word);
      if (better) corrected.push([word, better]);
      return better ?? word;
    });
    const asked = read.map(stem);
    const joined = ` ${asked.join(" ")} `;

    const content = read.filter((word) => !STOP.has(word)).map(stem);
    /** What must be found for each word asked: the word itself, or all words of one of its other names. @type {Map<string, string[][]>} */
    const concepts = new Map((content.length ? content : asked).map((term) => [term, [[term]]]));
    /** @type {Map<string, number>} */
    const weights = new Map([...concepts.keys()].map((term) => [term, common.has(term) ? 0.4 : 1]));
    for (const phrase of phrases) {
      const said = phrase.say.filter((words) => joined.includes(` ${words} `));
      if (!said.length) continue;
      const onPages = said.some((words) => words.split(" ").every((word) => engine.search(word, ONE_TERM).length > 0));
      const weight = onPages ? phrase.weight : Math.max(phrase.weight, 0.85);
      for (const words of phrase.means) {
        const list = words.split(" ").filter((word) => !STOP.has(word));
        for (const word of list) weights.set(word, Math.max(weights.get(word) ?? 0, (common.has(word) ? 0.4 : 1) * weight / Math.sqrt(list.length)));
        for (const word of said.flatMap((text) => text.split(" "))) concepts.get(word)?.push(list);
      }
    }

    const lastStem = asked.at(-1) ?? "";
    const results = engine.search([...weights.keys()].join(" "), {
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      combineWith: "OR",
      prefix: (term) => typing && term === lastStem && term.length > 1,
      boost: { title: 2.2, keywords: 1.2, heading: 1.6, text: 1 },
      boostTerm: (term) => weights.get(term) ?? 1,
      bm25: { k: 1.2, b: 0.5, d: 0.4 },
    });

    const folders = asks.filter(({ words }) => words.some((text) => joined.includes(` ${text} `))).map(({ under }) => under);
    const ofPage = new Map(results.filter(({ id }) => id < index.pages.length).map((result) => [result.id, result]));
    const hits = results.map((result) => {
      const document = /** @type {Omit<Hit, "score">} */ (documents[result.id]);
      const page = ofPage.get(pageOf[result.id]);
      const found = new Set([...result.queryTerms, ...(page?.queryTerms ?? [])]);
      let covered = 0;
      let all = 0;
      for (const [term, names] of concepts) {
        const share = common.has(term) ? 0.4 : 1;
        all += share;
        if (names.some((name) => name.every((word) => found.has(word)))) covered += share;
      }
      let score = (result.score + (page && page !== result ? PAGE_SHARE * page.score : 0)) * (0.35 + 0.65 * (all ? covered / all : 1));
      if (document.note) score *= 0.75;
      if (!document.url.includes("#")) score *= 0.9;
      score *= folders.some((folder) => document.url.startsWith(folder)) ? 1.2 : document.weight;
      return { ...document, score };
    });
    const query_ = joined.trim();
    for (const hit of hits) {
      const page = index.pages.findIndex((candidate) => candidate.u === hit.url);
      if (page >= 0 && bets[page]?.has(query_)) hit.score *= 1.6;
    }
    hits.sort((a, b) => b.score - a.score);
    const pairs = content.slice(1).map((term, i) => ` ${content[i]} ${term} `);
    if (pairs.length) {
      for (const hit of hits.slice(0, 80)) {
        const text = ` ${split(`${hit.heading} ${hit.text}`).filter((word) => !STOP.has(word)).map(stem).join(" ")} `;
        hit.score *= 1 + PAIRS * (pairs.filter((pair) => text.includes(pair)).length / pairs.length);
      }
      hits.sort((a, b) => b.score - a.score);
    }
    /** A paragraph asked for by number: that one with its list items, and nothing else. */
    const named = exact && documents.filter(({ label }) => label === exact || label.startsWith(`${exact}(`));
    return {
      hits: named ? named.slice(0, limit).map((document) => ({ ...document, score: 1 })) : spread(hits, limit),
      corrected,
      ring: ringing.some((words) => joined.includes(` ${words} `)),
      terms: [...weights.keys()],
    };
  }

  return { search, documents: documents.length };
}

/** The word list as stems: which phrases call up which words. @param {SearchIndex} index */
function readPhrases(index) {
  /** @param {string} text */
  const key = (text) => split(text).map(stem).join(" ");
  /** @type {{ say: string[], means: string[], weight: number }[]} */
  const phrases = [];
  for (const group of index.same) phrases.push({ say: group.map(key), means: group.map(key), weight: 0.6 });
  for (const [say, means] of index.lay) phrases.push({ say: say.map(key), means: means.map(key), weight: 0.8 });
  return phrases;
}

/** The paragraph that is asked for by number: R12.4, 12.4, para 12.4, s6(9). @param {string} query @param {Map<string, string>} byLabel */
function findParagraph(query, byLabel) {
  const match = PARAGRAPH.exec(query);
  if (!match) return undefined;
  const number = /** @type {string} */ (match[2])
    .toLowerCase()
    .replace(/^(\d+(?:\.\d+)?)(?:\s*\(\s*|\s+|(?=[a-z]))([0-9a-z]+)\s*\)?$/, "$1($2)");
  return byLabel.get(`${(match[1] || "r").toLowerCase()}${number}`) ?? (match[1] ? undefined : byLabel.get(`s${number}`));
}

/**
 * At most two hits of a page near the top, so that one long page does not fill the list; the rest follow after. A page and the part
 * under its own title are one hit.
 * @param {Hit[]} hits @param {number} limit
 */
function spread(hits, limit) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const titles = new Set();
  /** @type {Hit[]} */
  const first = [];
  /** @type {Hit[]} */
  const later = [];
  for (const hit of hits) {
    const page = hit.url.replace(/#.*/, "");
    if (!hit.label && !hit.note && (hit.heading === hit.title || !hit.heading)) {
      if (titles.has(page)) continue;
      titles.add(page);
    }
    const count = (seen.get(page) ?? 0) + 1;
    seen.set(page, count);
    (count > 2 ? later : first).push(hit);
  }
  return [...first, ...later].slice(0, limit);
}
