// Runs queries through the site's own ranking: `node tests/site/rank.mjs INDEX < QUERIES`, one query a line; answers as JSON, one a line.
import { readFileSync } from "node:fs";
import { makeSearch } from "../../site_overrides/assets/search/ranking.mjs";

const { search } = makeSearch(JSON.parse(readFileSync(process.argv[2], "utf-8")));
for (const query of readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
  const before = process.cpuUsage();
  const { hits, corrected, ring } = search(query, { limit: 10 });
  const found = hits.map(({ url, title, label, sections }) => ({ url, title, label, sections }));
  console.log(JSON.stringify({ query, hits: found, corrected, ring, ms: process.cpuUsage(before).user / 1000 }));
}
