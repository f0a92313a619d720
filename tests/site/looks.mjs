// Accessibility, and how pages look: at desktop and phone width, light and dark.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PHONE, WIDE } from './browser.mjs';
import { search } from './finding.mjs';

/** Looks at each kind of page; gives the number of views. */
export async function checkLooks({ part, expect, fault, base, origin }, shots) {
  mkdirSync(shots, { recursive: true });
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const kinds = { front: 'index.html', category: 'companies/index.html', article: 'companies/huawei.html', person: 'pioneers/john-mccarthy.html', term: 'terms/attention.html', timeline: 'timeline.html', map: 'map.html', tables: 'tables.html', records: 'tables/models.html', hits: 'search.html?q=language+model', missing: '404.html', search: 'index.html' };
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
          if (kind === 'hits') await page.waitForSelector('.all-hits[aria-busy=false] li');
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
  return looked;
}
