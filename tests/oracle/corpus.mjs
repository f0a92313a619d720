// Records what the parsers that Docusaurus uses (unified, remark-parse, remark-directive, remark-gfm, remark-rehype and
// rehype-raw) make of the Markdown files in tests/oracle/corpus/: headings with their anchors, links with their
// addresses, words, and the links and ids of raw HTML.
// Run: cd tests/oracle && npm install && node corpus.mjs
// Writes tests/oracle/corpus.json, one object per file, ordered by file name (by UTF-16 code unit):
//   file      the name of the file
//   headings  [level, text, anchor] of every heading, in document order, wherever it stands (quotes, lists, admonitions
//             and footnotes too). The anchor is made as in `remark/headings` of @docusaurus/mdx-loader 3.10.2.
//   links     [text, address] of every link, in document order; those of footnotes come last, note by note in order of
//             first citation. Footnotes that nothing cites are left out. Addresses are as written, escapes and entities
//             resolved, not percent-encoded.
//   text      the words one sees, as rehype-raw reads the raw HTML: the whole document without footnote definitions,
//             footnote markers and elements that are no text (scripts, players, drawings); with headings, code,
//             alternative text of images and titles of admonitions. The boxes of task lists are no text.
//   html      `links`, [text, address] of the links that raw HTML makes, and `ids`, its ids and names of links.
// Words are what stands between white space (Unicode's White_Space, as in Rust's `split_whitespace`). Texts of headings
// and links are their words, joined by one space. Blocks, table cells and hard breaks part words.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import utils from '@docusaurus/utils';
import GithubSlugger from 'github-slugger';
import { toString } from 'mdast-util-to-string';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import rehypeRaw from 'rehype-raw';
import remarkParse from 'remark-parse';
import remarkRehype, { defaultHandlers } from 'remark-rehype';
import { unified } from 'unified';
import { visit, SKIP } from 'unist-util-visit';

const ADMONITIONS = ['secondary', 'info', 'success', 'danger', 'note', 'tip', 'warning', 'important', 'caution'];

// The order in which Docusaurus adds the extensions.
const processor = unified().use(remarkParse).use(remarkDirective).use(remarkGfm);

// ---- words ----------------------------------------------------------------------------------------------------------

const PHRASING = new Set([
  'break', 'delete', 'emphasis', 'footnoteReference', 'html', 'image', 'imageReference', 'inlineCode', 'link',
  'linkReference', 'strong', 'text', 'textDirective',
]);

// What one sees of a node. Like `toString(node, {includeHtml: false})`, but blocks and hard breaks part words.
function seen(node) {
  if (node.type === 'html') return /^<br\b/i.test(node.value) ? '\n' : '';
  if (node.type === 'footnoteDefinition' || node.type === 'footnoteReference') return '';
  if (node.type === 'break') return '\n';
  if (!node.children) return toString(node);
  let text = node.type === 'containerDirective' ? (node.attributes?.title ?? '') + '\n' : '';
  for (const child of node.children) {
    text += PHRASING.has(child.type) ? seen(child) : '\n' + seen(child) + '\n';
  }
  return text;
}

const words = (text) => text.split(/\p{White_Space}+/u).filter((word) => word !== '');
const line = (node) => words(seen(node)).join(' ');

// ---- headings, after @docusaurus/mdx-loader/lib/remark/headings/index.js ----------------------------------------------

// `<!-- #id -->` at the end; takes it away.
function takeCommentId(heading) {
  const last = heading.children.at(-1);
  const comment = last?.type === 'html' ? /^<!--([\s\S]*)-->$/.exec(last.value)?.[1] : undefined;
  const first = comment?.trim().split(' ')[0];
  const id = first?.startsWith('#') ? first.slice(1) : '';
  if (!id) return undefined;
  heading.children.pop();
  const newLast = heading.children.at(-1);
  if (newLast?.type === 'text') newLast.value = newLast.value.trimEnd();
  return id;
}

// The text that anchors are made of. Text directives (`a:b`) have no text at this point, as in Docusaurus.
function anchorText(heading) {
  const shown = heading.children.filter(({ type }) => type !== 'html');
  return toString(shown.length > 0 ? shown : heading);
}

// `{#id}` at the end; takes it away.
function takeClassicId(heading, text) {
  const parsed = utils.parseMarkdownHeadingId(text, 'classic');
  if (!parsed.id) return undefined;
  const last = heading.children.at(-1);
  if (heading.children.length === 1) {
    last.value = parsed.text;
  } else {
    const rest = utils.parseMarkdownHeadingId(last.value, 'classic').text;
    if (rest) last.value = rest;
    else heading.children.pop();
  }
  return parsed.id;
}

// Finds every heading and its anchor; takes explicit ids out of the tree.
function anchored(tree) {
  const slugger = new GithubSlugger();
  const found = [];
  visit(tree, 'heading', (heading) => {
    let anchor = takeCommentId(heading);
    if (anchor === undefined) {
      const text = anchorText(heading);
      anchor = takeClassicId(heading, text) ?? slugger.slug(text);
    }
    found.push([heading, anchor]);
  });
  return found;
}

// ---- directives -----------------------------------------------------------------------------------------------------

// Directives that are no admonitions become their source again.
function restoreDirectives(tree, source) {
  visit(tree, ['textDirective', 'leafDirective'], (node, index, parent) => {
    const { start, end } = node.position;
    const text = { type: 'text', value: source.slice(start.offset, end.offset) };
    parent.children[index] = node.type === 'textDirective' ? text : { type: 'paragraph', children: [text] };
    return SKIP;
  });
  visit(tree, 'containerDirective', (node) => {
    if (!ADMONITIONS.includes(node.name)) throw new Error(`the corpus has an unknown admonition: ${node.name}`);
  });
}

// ---- links ----------------------------------------------------------------------------------------------------------

function allLinks(tree) {
  const definitions = new Map();
  const notes = new Map();
  // The first definition counts.
  visit(tree, ['definition', 'footnoteDefinition'], (node) => {
    const known = node.type === 'definition' ? definitions : notes;
    if (!known.has(node.identifier)) known.set(node.identifier, node);
  });

  const links = [];
  const cited = [];
  const collect = (root) =>
    visit(root, (node) => {
      if (node.type === 'footnoteDefinition' && node !== root) return SKIP;
      if (node.type === 'link') links.push([line(node), node.url]);
      if (node.type === 'linkReference') links.push([line(node), definitions.get(node.identifier).url]);
      if (node.type === 'footnoteReference' && !cited.includes(node.identifier)) cited.push(node.identifier);
      return undefined;
    });
  collect(tree);
  // Notes may cite further notes: `cited` grows on the way.
  for (let at = 0; at < cited.length; at++) collect(notes.get(cited[at]));
  return links;
}

// ---- raw HTML -------------------------------------------------------------------------------------------------------

// Links of Markdown are marked, so that what is left is HTML's.
const marked = (handler) => (state, node) => {
  const element = handler(state, node);
  if (element?.tagName === 'a') element.properties.dataMarkdown = '';
  return element;
};
const html = unified()
  .use(remarkRehype, {
    allowDangerousHtml: true,
    handlers: { link: marked(defaultHandlers.link), linkReference: marked(defaultHandlers.linkReference) },
  })
  .use(rehypeRaw);

const NO_TEXT = new Set([
  'applet', 'audio', 'canvas', 'datalist', 'iframe', 'map', 'math', 'noembed', 'noframes', 'object', 'script', 'select', 'style',
  'svg', 'template', 'textarea', 'title', 'video', 'xmp',
]);
// Elements that end words; all others, unknown ones too, go on with the word before them.
const BLOCKS = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'br', 'button', 'caption', 'center', 'dd', 'details', 'dialog', 'dir', 'div',
  'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hgroup', 'hr',
  'html', 'label', 'legend', 'li', 'main', 'menu', 'nav', 'noscript', 'ol', 'p', 'pre', 'rt', 'search', 'section', 'summary', 'table',
  'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul',
]);

// What one sees of HTML.
function shown(node) {
  if (node.type === 'text') return node.value;
  if (node.type === 'root') return node.children.map(shown).join('');
  if (node.type !== 'element' || NO_TEXT.has(node.tagName)) return '';
  const { dataFootnotes, dataFootnoteRef, alt } = node.properties;
  if (dataFootnotes !== undefined || dataFootnoteRef !== undefined) return '';
  const inside = node.tagName === 'img' ? (alt ?? '') : (node.content ?? node).children.map(shown).join('');
  return BLOCKS.has(node.tagName) ? `\n${inside}\n` : inside;
}

function ofHtml(tree) {
  const links = [];
  const ids = [];
  visit(tree, 'element', (node) => {
    const { id, name, href, dataFootnotes, dataFootnoteRef, dataMarkdown } = node.properties;
    if (dataFootnotes !== undefined || dataFootnoteRef !== undefined) return SKIP;
    if (id !== undefined) ids.push(id);
    if (name !== undefined && node.tagName === 'a') ids.push(name);
    if (node.tagName === 'a' && href !== undefined && dataMarkdown === undefined) links.push([words(shown(node)).join(' '), href]);
    return undefined;
  });
  return { links, ids };
}

// ---- all files ------------------------------------------------------------------------------------------------------

const folder = new URL('corpus/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md')).sort();
const out = files.map((file) => {
  // `:::note Title` becomes `:::note[Title]` before anything is parsed.
  const source = utils.admonitionTitleToDirectiveLabel(readFileSync(new URL(file, folder), 'utf8'), ADMONITIONS);
  const tree = processor.parse(source);
  const found = anchored(tree);
  restoreDirectives(tree, source);
  const headings = found.map(([heading, anchor]) => [heading.depth, line(heading), anchor]);
  const links = allLinks(tree);
  visit(tree, 'containerDirective', (node) => {
    if (node.attributes?.title) {
      const title = [{ type: 'text', value: node.attributes.title }];
      node.children.unshift({ type: 'paragraph', children: title });
    }
  });
  const page = html.runSync(tree);
  return { file, headings, links, text: words(shown(page)), html: ofHtml(page) };
});

// One line for each field: short enough to read, long enough to compare.
const list = (rows) => (rows.length === 0 ? '[]' : `[\n   ${rows.map((row) => JSON.stringify(row)).join(',\n   ')}\n  ]`);
const objects = out.map(
  ({ file, headings, links, text, html }) =>
    ` {\n  "file": ${JSON.stringify(file)},\n  "headings": ${list(headings)},\n  "links": ${list(links)},\n` +
    `  "text": ${JSON.stringify(text)},\n  "html": ${JSON.stringify(html)}\n }`,
);
writeFileSync(new URL('corpus.json', import.meta.url), `[\n${objects.join(',\n')}\n]\n`);
const count = (field) => out.reduce((sum, article) => sum + article[field].length, 0);
console.log(`${out.length} files, ${count('headings')} headings, ${count('links')} links, ${count('text')} words`);
