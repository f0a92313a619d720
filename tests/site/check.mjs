// Uses the web site that `examples/site.rs` writes, in headless Chromium.
// Run: bash tests/site/run (it writes the site with several content folders and starts this)
// Fails on broken links and anchors, files that meet where case doesn't count, console errors, requests to anyone but the
// page's own server, what axe-core finds, text that overflows the page, when search, timeline, map or theme don't do what
// they are for, when the search finds anything but what the crate finds, and when it loads more than it may.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { start } from './browser.mjs';
import { checkSearch } from './finding.mjs';
import { checkLinks } from './links.mjs';
import { checkLooks } from './looks.mjs';
import { checkPages } from './pages.mjs';
import { characters, compareAnswers, compareTokens, loadedFor, madeUp } from './search.mjs';

const [scratch, programs, generatedPrograms, shots] = process.argv.slice(2);
const faults = [];
const fault = (text) => faults.push(text);
const expect = (truth, text) => truth || fault(text);
const since = Date.now();
const say = (text) => console.log(`${text} (${Math.round((Date.now() - since) / 1000)} s)`);

const shipped = join(scratch, 'shipped', 'almanac');
const generated = join(scratch, 'generated');
const others = readdirSync(join(scratch, 'other')).map((name) => join(scratch, 'other', name));
for (const root of [shipped, join(scratch, 'disk'), ...others]) {
  const [pages, links] = checkLinks(root, fault);
  say(`${relative(scratch, root)}: ${pages} pages, ${links} internal links`);
}

// ---- the same search as the crate's -----------------------------------------------------------------------------------
const file = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const judged = JSON.parse(file('queries.json')).map(({ query }) => query);
const lay = file('paraphrases.tsv').trim().split('\n').map((line) => line.split('\t')[0]);
const queries = [...judged, ...lay];
const tokens = join(programs, 'tokens');
say(`${compareTokens(shipped, tokens, [...queries, ...characters()], fault)} words are read as the crate reads them`);
for (const root of others) compareTokens(root, tokens, [], fault);
say(`${await compareAnswers(shipped, join(programs, 'search'), queries, fault)} hits of the shipped articles are the crate's`);
say(`${await compareAnswers(generated, join(generatedPrograms, 'search'), madeUp(generated), fault)} hits of 1,000 generated articles are the crate's`);

for (const [name, root, asked, most] of [
  ['the shipped articles, judged queries', shipped, queries, 60_000],
  ['1,000 generated articles, judged queries', generated, queries, 150_000],
  ['1,000 generated articles, their own words', generated, madeUp(generated), 150_000],
]) {
  const loaded = await loadedFor(root, asked, 8);
  const [median, max] = [loaded[loaded.length >> 1], loaded[loaded.length - 1]];
  const shown = ({ bytes, files, query }) => `${bytes} bytes (gzip -9) in ${files} files for \`${query}\``;
  say(`${name}: before the first answer ${shown(median)} in the median of ${loaded.length}, at most ${shown(max)}`);
  expect(max.bytes <= most, `${name}: ${shown(max)}`);
}

// ---- in a browser -----------------------------------------------------------------------------------------------------
const { origin, part, stop } = await start(scratch, fault);
const site = { part, expect, fault, origin, base: `${origin}/shipped/almanac`, scratch, shipped, others };
await checkSearch(site);
await checkPages(site);
const looked = await checkLooks(site, shots);
await stop();
faults.forEach((text) => console.error(text));
say(`${looked} views looked at, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
