// Looks at the documentation as docs.rs builds it, in headless Chromium.
// Run: bash tests/docs/run (it builds the documentation and starts this)
// Fails on console errors, broken internal links or anchors on any page, what overflows its column at desktop and phone width,
// images and formulas that aren't shown, and when rustdoc's own search finds an article neither by title nor by alias.
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { chromium } from 'playwright-core';

const [root, shots] = process.argv.slice(2);
const faults = [];
const fault = (text) => faults.push(text);

// ---- every link of every page -------------------------------------------------------------------------------------
function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.html') ? [path] : [];
  });
}
const decode = (text) => text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'");
const pages = new Map();
for (const file of files(join(root, 'ai_almanac'))) {
  const html = readFileSync(file, 'utf8');
  pages.set(relative(root, file), {
    ids: new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((match) => decode(match[1]))),
    links: [...html.matchAll(/<a\s[^>]*href="([^"]*)"/g)].map((match) => decode(match[1])),
    redirect: /http-equiv="refresh"/.test(html),
  });
}
let links = 0;
for (const [page, { links: found }] of pages) {
  for (const link of found) {
    if (/^[a-z]+:/i.test(link)) continue;
    links++;
    const url = new URL(link, `http://docs/${page}`);
    const path = decodeURIComponent(url.pathname.slice(1));
    const anchor = url.hash.slice(1);
    const target = pages.get(path);
    if (!target) {
      // Source pages and settings are outside the crate's folder.
      if (!existsSync(join(root, path))) fault(`${page}: no page ${link}`);
    } else if (anchor && !target.ids.has(anchor) && !target.ids.has(decodeURIComponent(anchor)) && !target.redirect) {
      fault(`${page}: no anchor ${link}`);
    }
  }
}

// ---- in a browser -------------------------------------------------------------------------------------------------
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const path = join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname));
  if (!existsSync(path) || statSync(path).isDirectory()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(path));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
mkdirSync(shots, { recursive: true });
const looked = ['index.html', 'companies/index.html', 'companies/static.HUAWEI.html', 'terms/static.TRANSFORMER.html', 'terms/static.ATTENTION.html', 'terms/static.BACKPROPAGATION.html', 'terms/static.MACHINE_LEARNING.html', 'type.Article.html'];
let images = 0;
let formulas = 0;
for (const [name, width, height] of [['desktop', 1280, 1400], ['phone', 390, 844]]) {
  const context = await browser.newContext({ viewport: { width, height } });
  for (const path of looked) {
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.text()) && fault(`${path} at ${name}: ${message.text()}`));
    page.on('pageerror', (error) => fault(`${path} at ${name}: ${error}`));
    await page.goto(`${base}/ai_almanac/${path}`, { waitUntil: 'networkidle' });
    const wide = await page.evaluate(() => {
      const column = document.querySelector('#main-content').getBoundingClientRect();
      const scrolls = (element) => {
        for (let at = element; at; at = at.parentElement) {
          if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true;
        }
        return false;
      };
      const found = [...document.querySelectorAll('#main-content .docblock :is(p, li, h1, h2, h3, h4, table, pre, a, code, img, math)')];
      return found.filter((element) => element.getBoundingClientRect().right > column.right + 1 && !scrolls(element)).map((element) => element.textContent.slice(0, 60));
    });
    const shown = await page.evaluate(() => {
      const of = (selector) => [...document.querySelectorAll(`#main-content ${selector}`)];
      return {
        images: of('img').map((image) => ({ name: image.alt.slice(0, 40), width: image.naturalWidth })),
        formulas: of('math').map((formula) => ({ name: formula.textContent.slice(0, 40), height: formula.getBoundingClientRect().height, is: formula.namespaceURI })),
      };
    });
    images += shown.images.length;
    formulas += shown.formulas.length;
    for (const image of shown.images) if (image.width === 0) fault(`${path} at ${name}: an image that isn't shown: ${image.name}`);
    for (const formula of shown.formulas) {
      if (formula.height === 0 || !formula.is.endsWith('/MathML')) fault(`${path} at ${name}: a formula that isn't shown: ${formula.name}`);
    }
    wide.slice(0, 3).forEach((text) => fault(`${path} at ${name}: overflows its column: ${text}`));
    await page.screenshot({ path: join(shots, `${name}-${path.replace(/\W+/g, '-')}.png`) });
    await page.close();
  }
  await context.close();
}

// rustdoc's own search, by title and by alias.
const page = await browser.newPage();
for (const [query, wanted] of [['Huawei', 'companies/static.HUAWEI.html'], ['Ascend', 'companies/static.HUAWEI.html'], ['Large language model', 'terms/static.LARGE_LANGUAGE_MODEL.html'], ['LLM', 'terms/static.LARGE_LANGUAGE_MODEL.html'], ['RLHF', 'terms/static.RLHF.html'], ['Geoffrey Hinton', 'pioneers/static.GEOFFREY_HINTON.html']]) {
  await page.goto(`${base}/ai_almanac/index.html?search=${encodeURIComponent(query)}`, { waitUntil: 'networkidle' });
  const found = await page.waitForSelector('#search .search-results a, .search-results a', { timeout: 20000 }).then(
    () => page.$$eval('.search-results a', (results) => results.slice(0, 10).map((result) => result.href)),
    () => [],
  );
  if (!found.some((href) => href.includes(wanted))) fault(`search for “${query}” doesn't find ${wanted}: ${found.slice(0, 3).join(' ')}`);
}
if (!images || !formulas) fault(`${images} images and ${formulas} formulas on the pages that were looked at`);
await browser.close();
server.close();

faults.forEach((text) => console.error(text));
console.log(`${pages.size} pages, ${links} internal links, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
