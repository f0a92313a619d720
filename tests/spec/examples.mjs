// Records the examples of the CommonMark specification (npm package commonmark-spec) and of GFM (spec.txt and extensions.txt of
// cmark-gfm, which Debian's source package of that name holds), each once.
// Run: cd tests/spec && npm install && apt-get source cmark-gfm && node examples.mjs cmark-gfm-*/test/{spec,extensions}.txt
// Writes tests/spec/examples.json, an array of [name, Markdown, HTML]. The examples are by John MacFarlane and others, CC-BY-SA 4.0.
import { readFileSync, writeFileSync } from 'node:fs';
import commonmark from 'commonmark-spec';

const EXAMPLE = /^`{32} example[^\n]*\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} *(.*)$/gm;

function examples(name, text) {
  const found = [];
  let section = '';
  for (const [, markdown, html, heading] of text.replace(/^<!-- END TESTS -->[\s\S]*/m, '').matchAll(EXAMPLE)) {
    if (heading !== undefined) section = heading;
    else found.push([`${name} ${found.length + 1}, ${section}`, markdown.replaceAll('→', '\t'), html.replaceAll('→', '\t')]);
  }
  return found;
}

const [spec, extensions] = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'));
const all = [...examples('CommonMark', commonmark.text), ...examples('GFM', spec), ...examples('GFM extension', extensions)];
const seen = new Set();
const each = all.filter(([, markdown]) => !seen.has(markdown) && seen.add(markdown));
writeFileSync(new URL('examples.json', import.meta.url), `[\n${each.map((example) => JSON.stringify(example)).join(',\n')}\n]\n`);
console.log(`${each.length} examples`);
