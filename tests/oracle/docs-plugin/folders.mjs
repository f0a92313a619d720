// Records what Docusaurus makes of the folders in folders.json: its docs plugin reads them as the docs of a site whose
// articles stand at `/`, with `markdown.format: 'md'`.
// Run: cd tests/oracle/docs-plugin && npm install && node folders.mjs
// Of each folder, `name` and `files` are written by hand; the rest is recorded:
//   docs     [id, title, permalink, description, unlisted, permalink of the previous, of the next] of each article that is no
//            draft, by id
//   sidebar  one line for an article or category, indented by depth: the id, or `[label]` with what the category links to. Unlisted
//            articles are not shown, nor categories without anything else.
//   links    [id, path, permalink] of each link to a Markdown file, in order; null where it leads nowhere
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
process.env.NODE_ENV = 'production';
const { loadContext } = require('@docusaurus/core/lib/server/site');
const docsPlugin = require('@docusaurus/plugin-content-docs');
const utils = require('@docusaurus/utils');
const { normalizePluginOptions } = require('@docusaurus/utils-validation');

const CONFIG = "module.exports = {title: 't', url: 'https://a.example', baseUrl: '/', markdown: {format: 'md'}};\n";

async function load(files) {
  const site = mkdtempSync(path.join(tmpdir(), 'docs-'));
  try {
    writeFileSync(path.join(site, 'docusaurus.config.js'), CONFIG);
    writeFileSync(path.join(site, 'package.json'), '{}');
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(site, 'docs', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const context = await loadContext({ siteDir: site });
    const options = docsPlugin.validateOptions({ validate: normalizePluginOptions, options: { routeBasePath: '/' } });
    const plugin = await docsPlugin.default(context, options);
    const { loadedVersions } = await plugin.loadContent();
    return { site, ...loadedVersions[0] };
  } finally {
    rmSync(site, { recursive: true });
  }
}

function sidebar({ docs, sidebars }) {
  const unlisted = new Set(docs.filter((doc) => doc.unlisted).map((doc) => doc.id));
  const lines = (items, indent) =>
    items.flatMap((item) => {
      if (item.type === 'doc') return unlisted.has(item.id) ? [] : [indent + item.id];
      const inside = lines(item.items, indent + '  ');
      const { link } = item;
      const isHidden = link?.type === 'doc' && unlisted.has(link.id);
      if (inside.length === 0 && (!link || isHidden)) return [];
      const target = !link || isHidden ? '' : link.type === 'doc' ? ` ${link.id}` : ` ${link.permalink}`;
      return [`${indent}[${item.label}]${target}`, ...inside];
    });
  return lines(Object.values(sidebars)[0] ?? [], '');
}

function links({ site, docs, contentPath }, files) {
  const sourceToPermalink = new Map(docs.map((doc) => [doc.source, doc.permalink]));
  return docs.flatMap(({ id, source }) => {
    const name = source.slice('@site/docs/'.length);
    const destinations = [...files[name].matchAll(/\]\(<?([^)>]+)>?\)/g)].map((found) => found[1].split('#')[0]);
    return destinations
      .filter((destination) => /\.mdx?$/i.test(destination))
      .map((destination) => {
        const context = {
          sourceFilePath: path.join(site, 'docs', name),
          sourceToPermalink,
          siteDir: site,
          contentPaths: { contentPath },
        };
        return [id, destination, utils.resolveMarkdownLinkPathname(destination, context)];
      });
  });
}

const file = new URL(process.argv[2] ?? 'folders.json', import.meta.url);
const folders = JSON.parse(readFileSync(file, 'utf8'));
const byId = (a, b) => (a.id < b.id ? -1 : 1);
for (const folder of folders) {
  const version = await load(folder.files).catch((error) => {
    if (!process.argv[2]) throw error;
  });
  folder.error = version ? undefined : true;
  if (!version) continue;
  version.docs.sort(byId);
  folder.docs = version.docs.map((doc) => [
    doc.id, doc.title, doc.permalink, doc.description, doc.unlisted,
    doc.previous?.permalink ?? null, doc.next?.permalink ?? null,
  ]);
  folder.sidebar = sidebar(version);
  folder.links = links(version, folder.files);
}

// One line for each file, article, line of the sidebar and link.
const rows = (open, entries, close) => (entries.length === 0 ? open + close : `${open}\n   ${entries.join(',\n   ')}\n  ${close}`);
const list = (entries) => rows('[', entries.map((entry) => JSON.stringify(entry)), ']');
const objects = folders.filter((folder) => !folder.error).map(({ name, files, docs, sidebar, links }) => {
  const texts = Object.entries(files).map(([path, text]) => `${JSON.stringify(path)}: ${JSON.stringify(text)}`);
  return ` {\n  "name": ${JSON.stringify(name)},\n  "files": ${rows('{', texts, '}')},\n  "docs": ${list(docs)},\n` +
    `  "sidebar": ${list(sidebar)},\n  "links": ${list(links)}\n }`;
});
writeFileSync(file, `[\n${objects.join(',\n')}\n]\n`);
console.log(`${objects.length} folders`);
