// Uses the web site that `examples/site.rs` writes, in headless Chromium.
// Run: bash tests/site/run (it writes the site with several content folders and starts this)
// Fails on broken links and anchors, files that meet where case doesn't count, console errors, requests to anyone but the
// page's own server, what axe-core finds, text that overflows the page, and when search, timeline, map or theme don't do
// what they are for.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [scratch, searchProgram, shots] = process.argv.slice(2);
const faults = [];
const fault = (text) => faults.push(text);
const expect = (truth, text) => truth || fault(text);

// ---- every link of every page -------------------------------------------------------------------------------------
function walk(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}
const decode = (text) =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#(x27|39);/g, "'").replace(/&amp;/g, '&');

/** Checks the links of a site; gives the number of pages and of links. */
function checkLinks(root) {
  const files = walk(root).map((file) => relative(root, file));
  const folded = new Map();
  for (const file of files) {
    for (let path = file; path.includes('/') || path === file; path = path.slice(0, path.lastIndexOf('/'))) {
      const key = path.normalize('NFKD').toUpperCase();
      if (folded.has(key) && folded.get(key) !== path) fault(`${root}: ${path} and ${folded.get(key)} meet`);
      folded.set(key, path);
      if (!path.includes('/')) break;
    }
  }
  const pages = new Map();
  for (const file of files.filter((file) => file.endsWith('.html'))) {
    const html = readFileSync(join(root, file), 'utf8');
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => decode(match[1]));
    if (new Set(ids).size !== ids.length) fault(`${file}: an id twice: ${ids.filter((id, at) => ids.indexOf(id) !== at)}`);
    if (!/<title>[^<]+<\/title>/.test(html)) fault(`${file}: no title`);
    for (const [picture] of html.matchAll(/<img\b[^>]*>/g)) {
      if (!/ src="[^":]*" alt="[^"]+".* width="\d+" height="\d+"/.test(picture)) fault(`${file}: a picture without what it needs: ${picture}`);
    }
    pages.set(file, { ids: new Set(ids), links: [...html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)].map((match) => decode(match[1])) });
  }
  let count = 0;
  for (const [page, { links }] of pages) {
    for (const link of links) {
      if (/^(https?|mailto):/.test(link)) continue;
      count++;
      // As a browser does it, at an address deep enough that too many `../` show.
      const url = new URL(link, `http://site/in/here/${page.split('/').map(encodeURIComponent).join('/')}`);
      const inside = decodeURIComponent(url.pathname);
      if (link.startsWith('/') || !inside.startsWith('/in/here/')) {
        fault(`${root}/${page}: leads out of the site: ${link}`);
        continue;
      }
      const file = inside.slice('/in/here/'.length);
      if (!files.includes(file)) fault(`${root}/${page}: no file for ${link}`);
      else if (url.hash && pages.has(file) && !pages.get(file).ids.has(decodeURIComponent(url.hash.slice(1)))) fault(`${root}/${page}: no anchor ${link}`);
    }
  }
  return [pages.size, count];
}
const shipped = join(scratch, 'shipped', 'almanac');
const others = readdirSync(join(scratch, 'other')).map((name) => join(scratch, 'other', name));
for (const root of [shipped, join(scratch, 'disk'), ...others]) {
  const [pages, links] = checkLinks(root);
  console.log(`${relative(scratch, root)}: ${pages} pages, ${links} internal links`);
}

// ---- a server and a browser ---------------------------------------------------------------------------------------
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.txt': 'text/plain' };
const server = createServer((request, response) => {
  const path = join(scratch, decodeURIComponent(new URL(request.url, 'http://x').pathname));
  if (!existsSync(path) || statSync(path).isDirectory()) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': `${types[extname(path)] ?? 'application/octet-stream'}; charset=utf-8` }).end(readFileSync(path));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const base = `${origin}/shipped/almanac`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** A fresh browser window whose pages are watched. */
async function fresh(name, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...options });
  context.on('page', (page) => {
    page.on('console', (message) => message.type() === 'error' && fault(`${name}: ${page.url()}: ${message.text()}`));
    page.on('pageerror', (error) => fault(`${name}: ${page.url()}: ${error}`));
    page.on('request', (request) => {
      const own = request.url().startsWith('file:') ? options.disk : request.url().startsWith(`${origin}/`);
      own || fault(`${name}: ${page.url()} asked for ${request.url()}`);
    });
  });
  context.setDefaultTimeout(10_000);
  return context;
}

/** A part of the test: what it throws is a fault, and the rest goes on. */
async function part(name, options, body) {
  const context = await fresh(name, options);
  try {
    await body(await context.newPage());
  } catch (error) {
    fault(`${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
  }
  await context.close();
}
/** Clicks on a link and waits for the page behind it. */
const follow = (page, link) => Promise.all([page.waitForEvent('load'), link.click()]);
const hits = (page) => page.$$eval('[role=option]', (options) => options.map((option) => option.getAttribute('href')));
const search = async (page, query) => {
  await page.fill('[role=combobox]', query);
  await page.waitForFunction(() => !/^(Loading|)/.exec(document.querySelector('.status').textContent)[1]);
  return hits(page);
};

/** Every word of the texts is read as the crate reads it. */
async function compareWords(page) {
  const unknown = await page.evaluate(() => {
    const indexed = new Set(almanacIndex.words.split(' '));
    const met = new Set();
    almanacIndex.articles.forEach((article, at) => {
      const texts = [article.title, ...article.keywords, ...article.sections.map(([title]) => title), ...almanacTexts[at]];
      texts.flatMap(almanacSearch.forms).forEach((form) => met.add(form));
    });
    return [[...met].filter((form) => !indexed.has(form)), [...indexed].filter((form) => form && !met.has(form))];
  });
  unknown.forEach((forms, at) => forms.length && fault(`${page.url()}: words that only ${at ? 'the crate' : 'the page'} sees: ${forms.slice(0, 20).join(' ')}`));
}

// ---- what the pages are for -----------------------------------------------------------------------------------------
await part('search with a pointer', {}, async (page) => {
  await page.goto(`${base}/companies/huawei.html`);
  const [first] = await search(page, 'reinforcement learning');
  expect(first.startsWith('../terms/reinforcement-learning.html'), `search with a pointer: ${first} comes first`);
  expect((await page.$$('.snippet mark')).length > 0, 'search: no word is marked');
  await page.click('[role=option]');
  await page.waitForURL(/terms\/reinforcement-learning\.html/);
});

await part('search with keys', {}, async (page) => {
  await page.goto(`${base}/index.html`);
  const box = page.getByRole('combobox', { name: 'Search' });
  await page.keyboard.press('/');
  expect(await box.evaluate((input) => input === document.activeElement && input.value === ''), '`/` does not go to the search');
  await page.keyboard.type('perceptron');
  await page.waitForSelector('[role=option]');
  expect((await box.getAttribute('aria-expanded')) === 'true', 'the open list is not announced');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const active = await box.getAttribute('aria-activedescendant');
  const second = await page.locator('[role=option]').nth(1);
  expect(active !== null && active === (await second.getAttribute('id')), `the second hit is not the active one: ${active}`);
  expect((await second.getAttribute('aria-selected')) === 'true', 'the active hit is not selected');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect((await box.getAttribute('aria-activedescendant')) === null, 'the way back up does not end in the box');
  await page.keyboard.press('ArrowUp');
  expect((await page.locator('[role=option]').last().getAttribute('aria-selected')) === 'true', 'up from the box is not the last hit');
  await page.keyboard.press('Escape');
  expect(!(await page.locator('.panel').isVisible()) && (await box.getAttribute('aria-expanded')) === 'false', 'Escape does not close the list');
  expect((await box.inputValue()) === 'perceptron', 'Escape takes the query too');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('[role=option]');
  const [first] = await hits(page);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href.endsWith(first));
  await page.keyboard.press('/');
  expect((await search(page, 'zzzzqqqq')).length === 0 && /Nothing/.test(await page.textContent('.status')), 'nothing found is not said');
});

await part('the keyboard alone', {}, async (page) => {
  await page.goto(`${base}/companies/huawei.html`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.className === 'skip'), 'the first stop is not the skip link');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => location.hash === '#_content'), 'the skip link does not skip');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.closest('main') !== null), 'behind the skip link is not the content');
  // Every stop is to be seen, and has a mark.
  for (let stop = 0; stop < 40; stop++) {
    const seen = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      const { width, height } = document.activeElement.getBoundingClientRect();
      return document.activeElement === document.body || (width > 0 && height > 0 && outlineStyle !== 'none' && outlineWidth !== '0px');
    });
    if (!seen) fault(`focus can't be seen: ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100))}`);
    await page.keyboard.press('Tab');
  }
});

await part('backlinks and neighbours', {}, async (page) => {
  await page.goto(`${base}/terms/attention.html`);
  const link = page.locator('.backlinks li > a').first();
  const title = await link.textContent();
  await follow(page, link);
  expect((await page.textContent('h1')) === title, `the backlink ${title} leads to ${page.url()}`);
  const next = await page.locator('[rel=next]').getAttribute('href');
  await follow(page, page.locator('[rel=next]'));
  expect(page.url().endsWith(next.replaceAll('../', '')), `the next article is ${page.url()}`);
  await page.locator('.toc a').nth(1).click();
  const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
  expect(await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top < innerHeight / 2, anchor), 'a section is not reached from the contents');
});

for (const colorScheme of ['light', 'dark']) {
  await part(`theme, ${colorScheme} system`, { colorScheme }, async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const button = page.getByRole('button', { name: 'Dark theme' });
    await page.goto(`${base}/index.html`);
    const before = await paper();
    expect((await button.getAttribute('aria-pressed')) === String(colorScheme === 'dark'), 'the button does not show the theme of the system');
    await button.click();
    const after = await paper();
    expect(before !== after, 'the theme does not change');
    await page.reload();
    expect((await paper()) === after && (await button.getAttribute('aria-pressed')) === String(colorScheme !== 'dark'), 'the theme is not remembered');
    await page.goto(`${base}/companies/huawei.html`);
    expect((await paper()) === after, 'the theme is not remembered on another page');
    await button.click();
    await page.reload();
    expect((await paper()) === before, 'the theme of the system does not come back');
    await page.emulateMedia({ colorScheme: colorScheme === 'dark' ? 'light' : 'dark' });
    expect((await paper()) === after, 'the page does not follow the system');
  });
}

await part('timeline', {}, async (page) => {
  await page.goto(`${base}/timeline.html`);
  const shown = () => page.locator('.year li:visible').count();
  const all = await shown();
  expect((await page.textContent('output')) === `${all} events` && all > 100, `${all} events, and said is ${await page.textContent('output')}`);
  await page.fill('[name=from]', '2017');
  await page.fill('[name=to]', '2018');
  const years = await page.$$eval('.year li', (events) => events.filter((event) => !event.hidden).map((event) => event.dataset.year));
  expect(years.length > 0 && years.every((year) => year === '2017' || year === '2018'), `from 2017 to 2018 has ${new Set(years).size} years`);
  expect((await page.locator('.year:visible').count()) === 2, 'years without events are left standing');
  await page.selectOption('[name=in]', 'companies/huawei');
  const huawei = await page.locator('.year li:visible').allTextContents();
  expect(huawei.length > 0 && huawei.every((text) => text.includes('Huawei')), `of Huawei: ${huawei}`);
  await page.reload();
  expect((await shown()) === huawei.length, 'what is chosen does not outlast a reload');
  await page.click('[type=reset]');
  await page.fill('[name=text]', 'TURING born');
  const born = await page.locator('.year li:visible').allTextContents();
  expect(born.length > 0 && born.every((text) => /turing/i.test(text) && /born/i.test(text)), `with text: ${born}`);
  await page.goto(`${base}/companies/huawei.html`);
  await follow(page, page.locator('.after > p > a'));
  expect((await shown()) === (await page.locator('.year li[data-in~="companies/huawei"]').count()) && (await shown()) > 0, 'an article does not lead to its events');
});

await part('map', {}, async (page) => {
  await page.goto(`${base}/map.html`);
  const nodes = page.locator('.links [data-node]');
  const articles = readFileSync(join(shipped, 'sitemap.xml'), 'utf8').match(/<lastmod>/g).length;
  expect((await nodes.count()) === articles, `${await nodes.count()} points for ${articles} articles`);
  const huawei = page.getByRole('link', { name: /^Huawei: linked from/ });
  await huawei.locator('circle').hover();
  expect((await page.locator('.edges .from').count()) > 3, 'pointing at an article does not show its links');
  await huawei.locator('circle').click();
  await page.waitForURL(/companies\/huawei\.html$/);
  await page.goBack();
  await page.getByRole('link', { name: /^Nvidia: linked from/ }).focus();
  expect((await page.locator('.edges .to').count()) > 3, 'the focus does not show the links of an article');
  await page.keyboard.press('Enter');
  await page.waitForURL(/companies\/nvidia\.html$/);
});

await part('without scripts', { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${base}/timeline.html`);
  expect((await page.locator('.year li').count()) > 100 && !(await page.locator('.tools, .filter').first().isVisible()), 'without scripts: tools that do nothing');
});

await part('from a disk', { disk: true }, async (page) => {
  await page.goto(pathToFileURL(join(scratch, 'disk', 'index.html')).href);
  await follow(page, page.locator('.index a', { hasText: 'Huawei' }));
  expect((await page.textContent('h1')) === 'Huawei', 'from a disk: no way to Huawei');
  const [first] = await search(page, 'who makes Ascend chips');
  expect(first.startsWith('../companies/huawei.html'), `from a disk: ${first} comes first`);
  await page.keyboard.press('Enter');
  await page.waitForURL(/huawei\.html/);
  await page.goto(pathToFileURL(join(scratch, 'disk', 'timeline.html')).href);
  await page.fill('[name=from]', '2026');
  expect((await page.locator('.year:visible').count()) === 1, 'from a disk: the timeline does not filter');
});

await part('hard names', {}, async (page) => {
  const odd = others.find((root) => root.endsWith('tests-site-content'));
  await page.goto(`${origin}/${relative(scratch, odd)}/index.html`);
  const pages = await page.$$eval('.index a', (links) => links.map((link) => [link.href, link.textContent]));
  expect(pages.length >= 12, `${pages.length} pages with hard names`);
  for (const [href, title] of pages) {
    await page.goto(href);
    expect((await page.textContent('h1')) === title, `${href} is not ${title}`);
  }
  for (const [query, title] of [['人工', '人工知能'], ['percent quotes', 'Spaces'], ['naive_name', '人工知能'], ['Łódź', '人工知能']]) {
    await search(page, query);
    expect((await page.textContent('[role=option] strong')) === title, `${query} finds ${await page.textContent('[role=option] strong')}`);
  }
});

for (const root of others) {
  await part(`front page of ${relative(scratch, root)}`, {}, async (page) => {
    for (const file of ['index.html', 'timeline.html', 'map.html']) {
      await page.goto(`${origin}/${relative(scratch, root)}/${file}`);
      expect((await page.locator('h1').count()) === 1, `${file} of ${root}`);
    }
    await page.goto(`${origin}/${relative(scratch, root)}/index.html`);
    await search(page, 'text');
    await compareWords(page);
  });
}

// ---- the same answers as the crate --------------------------------------------------------------------------------
await part('answers', {}, async (page) => {
  await page.goto(`${base}/index.html`);
  await search(page, 'a');
  await compareWords(page);

  const queries = JSON.parse(readFileSync(new URL('../queries.json', import.meta.url), 'utf8')).map(({ query }) => query);
  let same = 0;
  let exact = 0;
  const differ = [];
  for (const query of queries) {
    const wanted = JSON.parse(execFileSync(searchProgram, ['--json', query]));
    const found = await page.evaluate((query) => {
      const known = new Set(almanacIndex.words.split(' '));
      const hits = almanacSearch.search(query).map(({ article, section, score }) => {
        const { within, sections } = almanacIndex.articles[article];
        return { article: within[0], section: section ? decodeURIComponent(sections[section - 1][1]) : null, score };
      });
      return { hits, all: almanacSearch.forms(query).every((form) => known.has(form)) };
    }, query);
    const is = (a, b) => a?.article === b?.article && a?.section === b?.section;
    const top = is(found.hits[0], wanted[0]);
    if (top) same++;
    else differ.push(`${query}: ${found.hits[0]?.article}#${found.hits[0]?.section} and not ${wanted[0]?.article}#${wanted[0]?.section}`);
    // Without a form that only a stemmer knows, all is the same but for rounding.
    if (found.all) {
      exact++;
      const scores = new Map(wanted.map((hit) => [hit.article, hit.score]));
      const off = found.hits.filter((hit) => !(Math.abs(hit.score - scores.get(hit.article)) < 0.01));
      if (!top || off.length || found.hits.length !== wanted.length) fault(`${query}: ${off.length} scores of ${wanted.length} are not the crate's${top ? '' : ', nor is the first hit'}`);
    }
  }
  console.log(`${same} of ${queries.length} queries have the crate's first hit; ${exact} have only words that occur, and every score of these is compared`);
  differ.forEach((line) => console.log(`  ${line}`));
  expect(same >= queries.length * 0.97 && exact > queries.length / 2, `${same} of ${queries.length} queries have the crate's first hit`);
});

// ---- accessibility, and how it looks --------------------------------------------------------------------------------
mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kinds = { front: 'index.html', category: 'companies/index.html', article: 'companies/huawei.html', person: 'pioneers/john-mccarthy.html', term: 'terms/attention.html', timeline: 'timeline.html', map: 'map.html', missing: '404.html', search: 'index.html' };
let looked = 0;
for (const [size, viewport] of Object.entries({ wide: WIDE, phone: PHONE })) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [kind, file] of Object.entries(kinds)) {
      const name = `${kind}-${size}-${colorScheme}`;
      await part(name, { viewport, colorScheme }, async (page) => {
        // The page for what isn't there names the address that the site will have: it is looked at without.
        await page.goto(file === '404.html' ? `${origin}/disk/404.html` : `${base}/${file}`);
        if (kind === 'search') {
          await search(page, 'who makes Ascend chips');
          await page.keyboard.press('ArrowDown');
        }
        await page.screenshot({ path: join(shots, `${name}.png`) });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide <= 0, `${name}: ${wide} pixels wider than the window`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        violations.forEach(({ id, help, nodes }) => fault(`${name}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`));
        looked++;
      });
    }
  }
}

await browser.close();
server.close();
faults.forEach((text) => console.error(text));
console.log(`${looked} views looked at, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
