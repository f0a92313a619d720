// The search as people use it: the box above every page, and the page with all hits.
import { engine } from './engine.mjs';

export async function checkSearch({ part, expect, base, shipped }) {
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
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href.endsWith(first));
    await page.keyboard.press('/');
    expect((await search(page, 'zzzzqqqq')).length === 0 && /Nothing/.test(await page.textContent('.status')), 'nothing found is not said');
  });

  await part('all hits', {}, async (page) => {
    await page.goto(`${base}/companies/huawei.html`);
    await search(page, 'language model');
    const status = await page.textContent('.status');
    const total = Number(/^The best 8 of (\d+)$/.exec(status)?.[1]);
    expect(total > 40, `the box says ${status}`);
    const last = page.locator('[role=option]').last();
    expect((await last.textContent()) === `All ${total} hits`, `the way to all hits: ${await last.textContent()}`);
    await last.click();
    await page.waitForURL(/\/search\.html\?q=language\+model$/);
    await page.waitForSelector('.all-hits[aria-busy=false] li');
    expect((await page.inputValue('.all-hits input')) === 'language model', 'the page of all hits has another query');
    expect((await page.title()).startsWith('language model · Search'), `the title is ${await page.title()}`);
    const items = page.locator('.all-hits li');
    while (await page.locator('button.more').isVisible()) {
      const before = await items.count();
      await page.click('button.more');
      await page.waitForFunction((before) => document.querySelectorAll('.all-hits li').length > before, before);
    }
    expect((await items.count()) === total && (await page.textContent('.status')) === `${total} found`, `${await items.count()} of ${total} hits are reached`);
    const links = await page.$$eval('.all-hits li a', (links) => links.map((link) => link.href));
    const wanted = await (await engine(shipped).search('language model ')).hits(0, Infinity);
    expect(new Set(links).size === total && wanted.length === total, 'hits come twice');
    // What is typed is in the address, which can be sent.
    await page.fill('.all-hits input', 'in:nope chips');
    await page.waitForSelector('.all-hits[aria-busy=false]');
    expect((await page.textContent('.status')) === 'Nothing found. There is no folder or article “nope”.', `of in:nope is said: ${await page.textContent('.status')}`);
    expect(page.url().endsWith('search.html?q=in%3Anope+chips'), `the address is ${page.url()}`);
    await page.reload();
    await page.waitForSelector('.all-hits[aria-busy=false]');
    expect(/“nope”/.test(await page.textContent('.status')), 'the address does not bring the query back');
    await page.fill('.all-hits input', 'chips '.repeat(40));
    await page.waitForSelector('.all-hits[aria-busy=false] li');
    expect(/too long/.test(await page.textContent('.status')), `of a long query is said: ${await page.textContent('.status')}`);
    await page.fill('.all-hits input', 'in:companies');
    await page.waitForSelector('.all-hits[aria-busy=false] li');
    expect(Number(/of (\d+)/.exec(await page.textContent('.status'))?.[1]) > 20, `of a folder is said: ${await page.textContent('.status')}`);
    await page.goto(`${base}/terms/token.html`);
    await page.fill('[role=combobox]', 'perceptron');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\.html\?q=perceptron$/);
  });

  await part('what is loaded', {}, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace('/shipped/almanac/', '')));
    await page.goto(`${base}/index.html`);
    expect(!asked.some((file) => file.startsWith('search')), 'something of the search is loaded before anyone searches');
    asked.length = 0;
    for (const query of ['who makes Ascend chips', '"world model"']) {
      await search(page, query);
      await page.reload();
      const { search: find, loaded } = engine(shipped);
      await (await find(query)).hits(0, 8);
      const got = asked.filter((file) => file.startsWith('search')).sort();
      expect(String(got) === String([...loaded].sort()), `${query} loads ${got}, and is measured by ${[...loaded]}`);
      asked.length = 0;
    }
  });

  await part('what could not be loaded', {}, async (page) => {
    await page.route('**/search-index/postings-*', (route) => route.fulfill({ contentType: 'text/javascript', body: "almanacPart('other', /[^/]+(?=[.]js)/.exec(document.currentScript.src)[0], '')" }));
    await page.goto(`${base}/index.html`);
    await search(page, 'perceptron');
    expect(/has changed/.test(await page.textContent('.status')), `of another version is said: ${await page.textContent('.status')}`);
  });
}

export const hits = (page) => page.$$eval('[role=option]', (options) => options.map((option) => option.getAttribute('href')));

/** Fills the box and waits for its hits. */
export async function search(page, query) {
  await page.fill('[role=combobox]', query);
  await page.waitForSelector('.panel[aria-busy=false]');
  return hits(page);
}
