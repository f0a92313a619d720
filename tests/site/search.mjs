// The site's search beside the crate's: the same words, hits, scores and snippets, and how much is loaded for them.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { engine } from './engine.mjs';

/** Queries with what a box can be given: each kind of condition, and what is hard to read. */
const ODD = [
  '', ' ', '-', '"', '""', 'in:', 'in: companies', '-in:x chip', '--x', '"a"b"', '😀', '\0', '-"', '++ c++ -c++ "c++ x"',
  'in:companies', 'in:companies/huawei', 'in:companies/', 'in:nope', 'in:nope chips', 'in:companies in:terms token', 'in:companies -chips',
  'in:companies/huawei the', '-nvidia', '"open source" -"open weights"', 'chips -"a chip"', 'model -the', 'model -"the"', '"the model"', '"to be"', '"the"', 'the', 'the who',
  'what is it', 'open ai', 'deep mind', 'chat gpt', 'finetuning', 'fine-tuning', 'fine tuning', '"fine-tuning"', '"gpt-4" chips', '-gpt-4 chips', 'gpt4', 'GPT 4', 'few shot', 'fewshot', 'stateoftheart', 'state-of-the-art', '"state-of-the-art"', 'i/o', 'selfattention', 'deepseekr1',
  'c++', 'c#', '.net', 'node.js', '1,000', '1000', "l'eau", 'naïve Bayes', 'Łódź Bjørn', 'straße', 'a', 'c', 'ca', 'tr', 'trans', 'trans ',
  'tranformer', 'transfromer', 'htransformer', 'rtansformer', 'ransformer', 'transformre', 'transformerx', 'attnetion', 'ttention', 'huawie', 'uhawei', 'nividia', 'gemmini', 'perceptorn', 'abcd', 'zzzzqqqq',
  'unfairness', 'universities', '人', '人工', '인공지능', 'ｱﾆﾒ', 'AI는', 'when was GPT-4 released', 'what year was OpenAI founded', 'define token', 'meaning of attention',
  `${'chips '.repeat(33)}`, `${'x'.repeat(997)}word`, `${'é'.repeat(600)}`, 'how do I stop a model from making things up', 'model '.repeat(3), 'a-b-c-d model',
];
/** Texts that are hard to divide into words. */
const ODD_TEXTS = [
  "Huawei's Café—GPT-4 and ﬁne-tuning, 3.5 Größe", "Łódź Bjørn İstanbul'da ışık Guénon Encyclopædia Đorđe œuvre Þór", 'Ὀδυσσεύς ΟΔΥΣΣΕΥΣ', "… — !! -off' ' . - ++ #",
  'fine-tuning GPT-4o hand‑off DeepSeek-R1-Zero state-of-the-art 2019-08-23 A – B 1990–2000 x - y in:y', "node.js snake_case O'Brien l'eau l’eau qu'il d'un",
  "NASA’s boss's bosses' don't we’ll I'd", 'U.S. chips, e.g. A.I. C++ C# (.NET) F#, C+ C#a end.Next x#', "1,000 1'234'567.5 1,00 3.5 1,5 10,0000 1٬000", '人工知能とAI 米 佐々木。時々', 'ｱﾆﾒ ＡＩ ﾃﾞｰﾀ データ あにめ ゔゝゞゟ', "Hawaiʻi Oʻahu ʻokina Qurʾān ʿayn 1ʼ234", 'I/O a/b/c TCP/IP and/or 1/2 x-2-3', '인공지능 AI는', 'ปัญญา ภาษาไทย', 'ລາວ ខ្មែរ မြန်မာ',
  'ﷺ ㍿ ½ ² ① Ⅳ ℹ️ 👩‍💻 🇩🇪 x\u200by a\u00adb a\u200db', "שלום ג'ירפה צה\"ל", 'مرحبا كِتَاب', 'a:b c·d e.f g’h i1.5j k_l _m_ n__', 'カ_a カー・b ゟ', '\r\n\u0085\u2028x', '𝐀𝐁 𠀀𠀁 𞤀', 'ǅ ŉ ﬆ ẞ', 'हिन्दी ক্ষ తెలుగు',
];

const decodeAnchor = (anchor) => (anchor === '' ? null : decodeURIComponent(anchor));
const load = (root, name) => {
  let value;
  new Function('almanacPart', readFileSync(join(root, 'search-index', `${name}.js`), 'utf8'))((_, __, part) => (value = part));
  return value;
};

/** All texts of a site: titles, headings, texts and what else is searched in. */
export function texts(root) {
  const names = readFileSync(join(root, 'files.txt'), 'utf8').matchAll(/^search-index\/(texts-\d+)\.js$/gm);
  return [...names].flatMap(([, name]) => {
    const [title, , sections, others] = load(root, name);
    return [title, ...sections.flatMap(([heading, , text]) => [heading, text]), ...(others ?? [])];
  });
}

/** Every text is read as the crate reads it: form, stem, place and kind of every token. Gives the number of tokens. */
export function compareTokens(root, tokensProgram, more, fault) {
  const { tokens, stem } = engine(root);
  const all = [...texts(root), ...more, ...ODD, ...ODD_TEXTS];
  const wanted = JSON.parse(execFileSync(tokensProgram, { input: JSON.stringify(all), maxBuffer: 1 << 30 }));
  let count = 0;
  all.forEach((text, at) => {
    const bytes = new Uint32Array(text.length + 1);
    let place = 0;
    for (const character of text) {
      for (let inside = 1; inside <= character.length; inside++) bytes[place + inside] = bytes[place] + Buffer.byteLength(character);
      place += character.length;
    }
    const found = tokens(text).map(({ form, start, end, kind }) => [form, stem(form), bytes[start], bytes[end], kind]);
    count += found.length;
    const differs = wanted[at].findIndex((token, index) => JSON.stringify(token) !== JSON.stringify(found[index]));
    if (differs >= 0 || found.length !== wanted[at].length) fault(`${JSON.stringify(text.slice(0, 60))} reads ${found[differs] ?? found.length}, not ${wanted[at][differs] ?? wanted[at].length}`);
  });
  return count;
}

/** Every character, between letters, between digits and alone. */
export function characters() {
  const found = [];
  for (let code = 0; code < 0x110000; code++) {
    if ((code >= 0xd800 && code < 0xe000) || (code >= 0xf0000 && code % 997)) continue;
    const character = String.fromCodePoint(code);
    if (!/\p{Cn}/u.test(character)) found.push(`a${character}b ${character} 1${character}2 ${character}a כ${character}כ ${character}${character}`);
  }
  return found;
}

/** Compares all hits of queries with those of the crate; gives the number of hits. */
export async function compareAnswers(root, searchProgram, queries, fault) {
  const ids = load(root, 'ids')[1].map(([id]) => id);
  const { search } = engine(root);
  let count = 0;
  for (const query of [...queries, ...ODD]) {
    const { stdout, stderr } = spawnSync(searchProgram, ['--json', query.replaceAll('\0', ' ')], { encoding: 'utf8', maxBuffer: 1 << 30 });
    const wanted = JSON.parse(stdout);
    const answer = await search(query);
    const unknown = [...stderr.matchAll(/has the id `(.*)`/g)].map(([, id]) => id);
    if (String(answer.unknown) !== String(unknown)) fault(`${query}: unknown are ${answer.unknown}, not ${unknown}`);
    if (answer.truncated !== /too long/.test(stderr)) fault(`${query}: ${answer.truncated ? '' : 'not '}too long`);
    const hits = await answer.hits(0, Infinity);
    const found = hits.map(({ article, anchor, score, snippet }) => ({
      article: ids[article],
      section: decodeAnchor(anchor),
      score: Math.fround(score),
      snippet: snippet.pieces.map(([piece]) => piece).join(''),
    }));
    const expected = wanted.map((hit) => ({ ...hit, score: Math.fround(hit.score) }));
    count += found.length;
    const differs = expected.findIndex((hit, at) => JSON.stringify(hit) !== JSON.stringify(found[at]));
    if (differs >= 0 || found.length !== expected.length) {
      fault(`${JSON.stringify(query)}: ${found.length} hits, the crate ${expected.length}; at ${differs}: ${JSON.stringify(found[differs])}, not ${JSON.stringify(expected[differs])}`);
    } else if (answer.total !== found.length) fault(`${query}: ${answer.total} hits are said, ${found.length} come`);
  }
  return count;
}

const sizes = new Map();
/** Bytes of a file, compressed as a server does it. */
function compressed(path) {
  if (!sizes.has(path)) sizes.set(path, gzipSync(readFileSync(path), { level: 9 }).length);
  return sizes.get(path);
}

/** What is loaded for the first hits of each query by itself, in bytes: sorted, with the query. */
export async function loadedFor(root, queries, shown) {
  const found = [];
  for (const query of queries) {
    const { search, loaded } = engine(root);
    await (await search(query)).hits(0, shown);
    found.push({ query, files: loaded.size, bytes: [...loaded].reduce((sum, file) => sum + compressed(join(root, file)), 0) });
  }
  return found.sort((one, other) => one.bytes - other.bytes);
}

/** Queries in the words of a site: titles, parts of texts, the beginning of a word, swapped letters, quotes. */
export function madeUp(root) {
  const all = texts(root).map((text) => text.match(/[\p{L}\d]+/gu) ?? []).filter((words) => words.length > 30);
  const step = Math.ceil(all.length / 40);
  return all.filter((_, at) => at % step === 0).flatMap((words, at) => {
    const from = (at * 7) % (words.length - 8);
    const [long] = words.slice(from).concat(words).filter((word) => word.length > 6);
    const swap = 1 + (at % (long.length - 2));
    return [
      words.slice(from, from + 2 + (at % 6)).join(' '),
      long.slice(0, 3 + (at % 3)),
      long.slice(0, swap) + long[swap + 1] + long[swap] + long.slice(swap + 2),
      `"${words.slice(from, from + 2).join(' ')}"`,
    ];
  });
}
