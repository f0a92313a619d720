// Every link of every page of a site.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

function walk(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}
const decode = (text) =>
  text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#(x27|39);/g, "'").replace(/&amp;/g, '&');

/** Checks the links of a site, and that no two files meet where case doesn't count; gives the number of pages and of links. */
export function checkLinks(root, fault) {
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
