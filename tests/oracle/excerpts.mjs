// Records what Docusaurus' own createExcerpt makes of small articles.
// Run: cd tests/oracle && npm install && node excerpts.mjs
// Writes tests/oracle/excerpts.json: pairs of a body and its description (null where there is none).
import { writeFileSync } from 'node:fs';
import utils from '@docusaurus/utils';

const bodies = [
  '', '   \n\n', 'Plain line.', '# Title\n\nFirst line\nsecond line.', 'Title\n=====\n\nAfter setext.', '# Only title',
  '## Heading first\n\nText.', '### Deep ##\n\nText', '#NoSpace\n\nText', '# Title #\n\nx', '# a # b\n\nx',
  'import X from "x";\n\nText after import.', 'import X\nfrom "x"\n\nText', 'export const a = 1;\n\nText', 'important text', 'import\tx\n\ny',
  '```js\ncode\n```\n\nAfter code.', '````md\n```\nstill\n```\n````\nAfter.', '  ```\nx\n  ```\ny', '```unclosed\nx', '~~~\ntilde\n~~~\nx',
  '**bold** and *italic* and _under_ and ***both***', '__init__ stays?', 'a*b*c', '2 * 3 * 4', '*unclosed', '**a*b**', '*a**b*', '***', '____',
  '~~gone~~ here', '~~a b~~ c ~~d~~', '~~ spaced ~~', '![alt](x.png) text', '![alt][ref] text', '![](x.png)\n\nnext', '[link](x.md) text', '[link][ref] text',
  '[link] alone', '[a](b "c") d', '[a](b(c)d) e', 'Note[^1] here.', '[^1]: A definition.\n\nText.', 'A[^long-note]b[^2]', '[^a', 'x [^a b] y',
  '`code` here', '``double`` here', '`unclosed', '> quoted', '   > quoted', '    > four', '>no space', '> > nested', ':::note\n\nInside.\n:::', ':::note[Title]\nInside',
  'before :::after', 'smile :smile: end', 'a:b:c', 'time 10:30:45', ':::: x', 'emoji :+1: :tada:', ': x :', 'http://a:80:b',
  '<b>bold</b> text', '<div>\nText</div>', '<!-- comment --> text', '<br/>\nnext', 'a < b > c', '<https://x.example>', '- item one\n- item two', '* star item', '1. one', '+ plus',
  '- [ ] task', '| a | b |\n|---|---|', '---\n\nText', '***\n\nText', 'Text {#id} more', '## Heading {#custom-id}', '{#only}', '{word}', '{# spaced}',
  '\\*escaped\\*', '&amp; entity', 'trailing   ', '\ttab', '\u00a0nbsp\u00a0', '\ufeffbom', 'line\u2028separator', 'a\rb', 'x\r\ny', '# T\r\n\r\ny',
  'İ 日本語 **太字** 😄 :日本:', 'one\n===\ntwo\n===\nthree', 'a\n=', '\n\n# T\n\n\nx', '####### seven', '#', '# ', '#  #', '##', '## ##', '## a ## b ##', 'a # b #', '#a#b', '# x\n# y\n\nz', '#\tTab title\n\nx',
  '[a][b][c]', '[a](b)[c](d)', '[a](b', '[[a]](b)', '![a](b)![c](d)', '**[a](b)**', '[**a**](b)', '`**a**`', '_a_b_', '*a _b_ c*', '*__a__*', '~~*a*~~', '***a** b*', 'a ** b ** c',
  '::: tip\nx', 'x ::: y', 'a :b c: d', 'a::b', ':::', '::::', 'a:\n b', '{#a}{#b}', '{a-b} c', '{a b} c', '> # h', '> - x', '- > x', '#{#id}', '##x', '# [a](b)', '## [a](b) *c*',
];
const out = bodies.map((body) => {
  // As Docusaurus calls it: the file is trimmed before.
  const trimmed = body.trim();
  return [body, utils.createExcerpt(trimmed) ?? null];
});
writeFileSync(new URL('excerpts.json', import.meta.url), JSON.stringify(out, null, 1) + '\n');
console.log(`${out.length} excerpts`);
