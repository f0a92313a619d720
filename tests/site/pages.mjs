// What the pages are for: keys, links, theme, timeline, map, tables, a disk, hard names.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { search } from './finding.mjs';

/** Clicks on a link and waits for the page behind it. */
const follow = (page, link) => Promise.all([page.waitForEvent('load'), link.click()]);

export async function checkPages({ part, expect, fault, base, origin, scratch, shipped, others }) {
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
    expect((await page.textContent('output')) === `${all.toLocaleString('en')} events` && all > 100, `${all} events, and said is ${await page.textContent('output')}`);
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
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/huawei\.html/);
    await page.goto(`${pathToFileURL(join(scratch, 'disk', 'search.html')).href}?q=${encodeURIComponent('"world model"')}`);
    await page.waitForSelector('.all-hits[aria-busy=false] li');
    expect(/^The best 20|^\d+ found/.test(await page.textContent('.status')), `from a disk: ${await page.textContent('.status')}`);
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
      await page.goto(`${origin}/${relative(scratch, root)}/search.html?q=text`);
      await page.waitForSelector('.all-hits[aria-busy=false]');
    });
  }

  await part('tables', {}, async (page) => {
    await page.goto(`${base}/index.html`);
    await follow(page, page.getByRole('link', { name: 'Tables', exact: true }));
    await follow(page, page.locator('.entries a', { hasText: 'Models' }));
    const rows = page.locator('.records tbody tr:visible');
    const all = await rows.count();
    expect(all > 100 && (await page.textContent('output')) === `${all.toLocaleString('en')} records`, `${all} records, and said is ${await page.textContent('output')}`);
    const column = (at) => rows.evaluateAll((rows, at) => rows.map((row) => row.cells[at].dataset.key ?? row.cells[at].textContent.trim()), at);
    const heads = await page.locator('.records thead th').allTextContents();
    const parameters = heads.indexOf('Parameters');
    await page.getByRole('button', { name: 'Parameters', exact: true }).click();
    const sorted = (await column(parameters)).map((key) => (key === '' ? Infinity : Number(key)));
    expect(sorted.every((key, at) => at === 0 || sorted[at - 1] <= key) && sorted[0] < Infinity, 'a table does not sort by number');
    await page.getByRole('button', { name: 'Parameters', exact: true }).click();
    expect(Number((await column(parameters))[0]) === Math.max(...sorted.filter(Number.isFinite)), 'a table does not sort backwards');
    await page.fill('.narrow [name=text]', 'openai gpt-4');
    const names = await column(0);
    expect(names.length > 0 && names.length < all && (await page.textContent('output')).startsWith(`${names.length} of`), `${names.length} records of OpenAI's GPT-4`);
    await page.fill('.narrow [name=text]', '');
    await follow(page, page.locator('.records tbody td:last-child a:not(.source)').first());
    expect(await page.evaluate(() => location.hash !== '' && document.querySelector(':target table, :target ~ * table, :target ~ table') !== null), `a record leads to ${page.url()}`);
    await page.goto(`${base}/companies/nvidia.html`);
    await follow(page, page.getByRole('link', { name: 'Of all articles: Models' }));
    expect((await page.textContent('h1')) === 'Models', 'an article does not lead to the table of all');
  });
}
