// Records what the npm package github-slugger makes of characters and headings.
// Run: cd tests/oracle && npm install && node slugs.mjs
// Writes crates/almanac-build/src/slug_table.rs (the characters that a slug keeps) and tests/oracle/slugs.json (fixtures).
import { writeFileSync } from 'node:fs';
import GithubSlugger, { slug } from 'github-slugger';

const ranges = [];
for (let code = 0, start = -1; code <= 0x110000; code++) {
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  const keeps = code <= 0x10ffff && !surrogate && code !== 0x20 && slug(String.fromCodePoint(code), true) === String.fromCodePoint(code);
  if (keeps && start < 0) start = code;
  if (!keeps && start >= 0) {
    ranges.push([start, code - 1]);
    start = -1;
  }
}
const hex = (number) => '0x' + number.toString(16).toUpperCase();
let table = `//! The characters that github-slugger 2.0.0 keeps in a slug, as ranges of code points.
//! Recorded from the npm package: \`cd tests/oracle && npm install && node slugs.mjs\`.

#[rustfmt::skip]
pub const KEPT: [(u32, u32); ${ranges.length}] = [\n`;
for (let at = 0; at < ranges.length; at += 4) {
  table += '    ' + ranges.slice(at, at + 4).map(([from, to]) => `(${hex(from)}, ${hex(to)})`).join(', ') + ',\n';
}
writeFileSync(new URL('../../crates/almanac-build/src/slug_table.rs', import.meta.url), table + '];\n');

const headings = [
  ["Huawei's AI Strategy", 'Development of AI Chips and Hardware', 'AI-Powered Consumer Products', 'Further Reading'],
  ['Same', 'Same', 'Same', 'Same-1', 'same', 'Same 1'],
  ['foo-1', 'foo', 'foo', 'foo-1'],
  ['', '', '-', '--', ' ', '  a  b  '],
  ['Überschrift', 'ÀÉÎ õü', 'İstanbul', 'ΣΊΣΥΦΟΣ', 'ǅ', 'ﬁ', 'ẞ', 'Ǉubljana'],
  ['日本語の見出し', '人工知能（AI）', '한국어 제목', 'Привет, мир!', 'مرحبا بالعالم', 'שלום עולם', 'नमस्ते दुनिया', 'ไทย'],
  ['😄 emoji', 'I ♥ unicode', '👩‍👩‍👧 family', '⭐️', '1️⃣ one', 'zero\u200bwidth', 'soft\u00adhyphen', '\u202eRTL'],
  ['C++', 'C#', 'a_b', 'a.b.c', 'a/b', '50% & more', '"quoted"', "it's", '—dash–', 'x²', '½', 'Ⅳ', '①', 'ª º', 'a‿b'],
  ['tab\tinside', 'line\nbreak', 'no\u00a0break', 'em\u2003space', '\u3000wide'],
  ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'constructor'],
  ['MiXeD CaSe', 'ALL CAPS', 'trailing ', ' leading', 'multiple   spaces', '- list', '1. number', '`code`', '**bold**'],
  ['A\u0301 combining', '𝔘𝔫𝔦𝔠𝔬𝔡𝔢', '𐐀𐐨', '𞤀𞤢', 'Ω Ω', '\u{1F600}', '\ufeffbom', '\u0000nul', '\u007f'],
];
const fixtures = headings.map((list) => {
  const slugger = new GithubSlugger();
  return list.map((heading) => [heading, slugger.slug(heading)]);
});
writeFileSync(new URL('slugs.json', import.meta.url), JSON.stringify(fixtures, null, 1) + '\n');
console.log(`${ranges.length} ranges, ${fixtures.flat().length} fixtures`);
