// The crate's index, in parts: each is a script that calls `almanacPart`, because a page on a disk may load nothing else.
// `examples/site/search.rs` writes them.

/** Weight of a word that begins as the last one of the query, and of one that differs by one edit. */
const PREFIX_WEIGHT = Math.fround(0.7);
const TYPO_WEIGHT = Math.fround(0.8);
const MAX_PREFIX_EXPANSIONS = 100;
const MIN_TYPO_LENGTH = 4;
const MAX_TYPO_LENGTH = 60;
const ARTICLE_FIELDS = 4;

// ---- parts -----------------------------------------------------------------------------------------------------------

const parts = new Map();
const arrivals = new Map();

globalThis.almanacPart = (version, name, value) => arrivals.get(name)?.(version, value);

/** A part of the index; it is loaded once. */
function part(name) {
  if (!parts.has(name)) {
    const loading = new Promise((resolve, reject) => {
      arrivals.set(name, (version, value) =>
        version === TABLES.version
          ? resolve(value)
          : reject(new Error('The site has changed since this page was loaded.')),
      );
      const script = document.createElement('script');
      script.src = `${document.documentElement.dataset.root}search-index/${name}.js?${TABLES.version}`;
      script.onerror = () => reject(new Error(`${name} could not be loaded.`));
      document.head.append(script);
    });
    // Who asks again tries again.
    loading.catch(() => parts.delete(name));
    parts.set(name, loading);
  }
  return parts.get(name);
}

/** A part as `read` understands it. */
function partAs(name, read) {
  const key = `${name} as read`;
  if (!parts.has(key)) {
    const loading = part(name).then(read);
    loading.catch(() => parts.delete(key));
    parts.set(key, loading);
  }
  return parts.get(key);
}

/** Integers as they are written: 57 characters end one, 34 others stand before, the lowest digit first. */
function* integers(text) {
  let [value, factor] = [0, 1];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x5d) {
      yield value + factor * (code - 0x23);
      [value, factor] = [0, 1];
    } else {
      value += factor * (code - 0x5d + 57);
      factor *= 34;
    }
  }
}

/** Where each range begins, and at the end where the last one ends. */
function starts(lengths) {
  const found = [0];
  for (const length of lengths) found.push(found[found.length - 1] + length);
  return found;
}

/** The range of a number. */
function rangeOf(starts, number) {
  let [low, high] = [0, starts.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= number) low = middle;
    else high = middle;
  }
  return low;
}

// ---- articles and units: leads and sections --------------------------------------------------------------------------

const units = [...integers(TABLES.units.headings)].map((packed) => ({ heading: packed >> 2, role: packed & 3 }));
[...integers(TABLES.units.texts)].forEach((length, unit) => (units[unit].text = length));
const articleLengths = TABLES.articles.lengths.map((column) => [...integers(column)]);
const firstUnits = starts(integers(TABLES.articles.units));
const articleCount = firstUnits.length - 1;
const articleOf = new Uint32Array(units.length);
for (let article = 0; article < articleCount; article++)
  articleOf.fill(article, firstUnits[article], firstUnits[article + 1]);
const averages = TABLES.averages.map(Math.fround);

// ---- words -----------------------------------------------------------------------------------------------------------

/** In the order of Unicode's code points, as the index is. */
function compareText(one, other) {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    let [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a === b) continue;
    // Halves of characters stand for later ones than all that are whole.
    if (a >= 0xd800 && b >= 0xd800) [a, b] = [a, b].map((code) => (code < 0xe000 ? code + 0x2000 : code - 0x800));
    return a - b;
  }
  return one.length - other.length;
}

/** Sorted texts: each has a letter for how much of the one before it begins with, and the rest. */
function sortedTexts(text) {
  let last = '';
  return [...text.matchAll(/([A-Z])([^A-Z]*)/g)].map(
    ([, shared, rest]) => (last = last.slice(0, shared.charCodeAt(0) - 65) + rest),
  );
}

/** The last part that can hold a text. */
function partOf(firsts, text) {
  let [low, high] = [0, firsts.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (compareText(firsts[middle], text) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

function readWords([text, numbers]) {
  const found = new Map();
  const [first, ...back] = integers(numbers);
  // A new term, or one that was met before: how far back.
  let next = first;
  sortedTexts(text).forEach((form, at) => found.set(form, back[at] === 0 ? next++ : next - back[at]));
  return found;
}

const wordsPart = (number) => partAs(`words-${number}`, readWords);

/** The number of a word's term. */
async function termOf(form) {
  if (TABLES.words.length === 0) return undefined;
  return (await wordsPart(partOf(TABLES.words, form))).get(form);
}

/** The first words that begin with something, each with its term. */
async function beginningWith(prefix, most) {
  const found = [];
  for (let number = partOf(TABLES.words, prefix); number < TABLES.words.length; number++) {
    if (compareText(TABLES.words[number], prefix) > 0 && !TABLES.words[number].startsWith(prefix)) break;
    for (const [form, term] of await wordsPart(number)) {
      if (form.startsWith(prefix)) found.push([form, term]);
      if (found.length >= most) return found;
    }
  }
  return found;
}

/** The words that end with something, read backwards. */
async function endingWith(reversed) {
  const found = [];
  for (let number = partOf(TABLES.endings, reversed); number < TABLES.endings.length; number++) {
    if (compareText(TABLES.endings[number], reversed) > 0 && !TABLES.endings[number].startsWith(reversed)) break;
    found.push(...(await partAs(`endings-${number}`, sortedTexts)).filter((word) => word.startsWith(reversed)));
  }
  return found.map((word) => characters(word).reverse().join(''));
}

/** The term of a word, by itself or by another form of it. */
async function exact(form) {
  const term = await termOf(form);
  if (term !== undefined || FUNCTION_WORDS.has(form)) return term;
  // A form that no article has: another one with the same stem begins like it.
  const stemmed = stem(form);
  const letters = characters(stemmed);
  const beginning = letters.slice(0, Math.max(letters.length - 1, 3)).join('');
  const others = await beginningWith(beginning, MAX_PREFIX_EXPANSIONS + 1);
  return others.find(([other]) => stem(other) === stemmed)?.[1];
}

/** Are two words one insertion, deletion, replacement or swap apart? They are lists of characters. */
function oneEdit(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  const behind = (x, y) =>
    a.length - x === b.length - y && a.slice(same + x).every((letter, at) => letter === b[same + y + at]);
  const swapped =
    same + 1 < a.length && same + 1 < b.length && a[same] === b[same + 1] && a[same + 1] === b[same] && behind(2, 2);
  return behind(1, 1) || behind(1, 0) || behind(0, 1) || swapped;
}

/** The words that differ by one edit, each with its term. */
async function mistyped(form) {
  const letters = characters(form);
  const half = letters.length >> 1;
  // One edit leaves the first half as it is or the second one, unless it swaps the letters between them.
  const beginning = letters.slice(0, half);
  const ending = letters.slice(half).reverse();
  const between = [...letters.slice(0, half - 1), letters[half], letters[half - 1], ...letters.slice(half + 1)].join(
    '',
  );
  const [begin, end] = await Promise.all([beginningWith(beginning.join(''), Infinity), endingWith(ending.join(''))]);
  const near = (word) => oneEdit(letters, characters(word));
  const found = begin.filter(([word]) => near(word));
  for (const word of [...end.filter(near), between]) {
    const term = await termOf(word);
    if (term !== undefined) found.push([word, term]);
  }
  return found;
}

/** A term, a word that is a form of it, and what it weighs as a variant of a word of the query. */
const variant = (term, form, weight) => ({ term, form, weight });

/** The terms that a word means. */
async function variantsOf(form, open) {
  const variants = new Map();
  const add = (term, form, weight) => variants.has(term) || variants.set(term, variant(term, form, weight));
  const own = await exact(form);
  if (own !== undefined) add(own, form, 1);
  // Where no spaces are written, all but the last character of a run begin a pair.
  const single = isSingleUnspaced(form);
  const length = characters(form).length;
  if (single || (open && length >= 2)) {
    (await beginningWith(form, MAX_PREFIX_EXPANSIONS)).forEach(([other, term]) =>
      add(term, other, single ? 1 : PREFIX_WEIGHT),
    );
  }
  if (variants.size === 0 && !FUNCTION_WORDS.has(form) && length >= MIN_TYPO_LENGTH && length <= MAX_TYPO_LENGTH) {
    (await mistyped(form)).forEach(([other, term]) => add(term, other, TYPO_WEIGHT));
  }
  return [...variants.values()];
}

/** A word as two that some article has, of at least so many letters: `fewshot`. */
async function divided(form, least) {
  if (FUNCTION_WORDS.has(form)) return undefined;
  const letters = characters(form);
  const known = async (part) =>
    part.length >= least && !FUNCTION_WORDS.has(part.join('')) && (await termOf(part.join(''))) !== undefined;
  for (let at = letters.length - 1; at > 0; at--) {
    const halves = [letters.slice(0, at), letters.slice(at)];
    if ((await known(halves[0])) && (await known(halves[1]))) return halves.map((half) => half.join(''));
  }
  return undefined;
}

// ---- postings --------------------------------------------------------------------------------------------------------

const postingsStarts = starts(integers(TABLES.postings));
const readPostings = new Map();

/** As `Postings::read` of the crate's `search/format.rs`. */
function readPosting(text) {
  const numbers = integers(text);
  const next = () => numbers.next().value;
  const packed = next();
  const count = packed >> 1;
  const [unitsWith, shared] = packed & 1 ? [next(), next()] : [count, 0];
  let last = 0;
  const articles = Array.from({ length: shared }, () => {
    const packed = next();
    last += packed >> 3;
    const frequencies = [0, 0, 0, 0];
    if ((packed & 7) < ARTICLE_FIELDS) {
      frequencies[packed & 7] = 1;
    } else {
      const packed = next();
      frequencies.forEach((_, field) => (frequencies[field] = (packed >> (2 * field)) & 3));
      frequencies.forEach((times, field) => times === 3 && (frequencies[field] += next()));
    }
    return [last, frequencies];
  });
  last = 0;
  const own = Array.from({ length: count }, () => {
    const packed = next();
    last += packed >> 1;
    if (packed & 1) return [last, [0, 1]];
    const text = next();
    return [last, [text & 1 ? next() : 0, text >> 1]];
  });
  return { unitsWith, articles, units: own };
}

/** Where a term stands: in how many units, in which articles, in which units; with the frequency in each field. */
async function postingsOf(term) {
  const number = rangeOf(postingsStarts, term);
  const terms = await partAs(`postings-${number}`, (text) => text.split(' '));
  if (!readPostings.has(term)) readPostings.set(term, readPosting(terms[term - postingsStarts[number]]));
  return readPostings.get(term);
}

/** The units that have a term in any field. */
async function unitsWith(term) {
  const { articles, units: own } = await postingsOf(term);
  const found = new Set(own.map(([unit]) => unit));
  for (const [article] of articles) {
    for (let unit = firstUnits[article]; unit < firstUnits[article + 1]; unit++) found.add(unit);
  }
  return found;
}

// ---- pairs: where two words stand side by side -----------------------------------------------------------------------

const pairsStarts = starts(integers(TABLES.pairs));

/** The units that can have two terms side by side: each that has them, and a few others with the same hash. */
async function unitsWithPair(one, other) {
  let hash = 0x811c9dc5;
  for (const character of `${one} ${other}`) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  const bucket = (hash >>> 0) % pairsStarts[pairsStarts.length - 1];
  const number = rangeOf(pairsStarts, bucket);
  const buckets = await partAs(`pairs-${number}`, (text) => text.split(' '));
  const found = new Set();
  let place = 0;
  for (const distance of integers(buckets[bucket - pairsStarts[number]])) {
    place += distance;
    const unit = place >> 1;
    // Title, keywords and the like belong to all units of an article.
    const end = place & 1 ? firstUnits[articleOf[unit] + 1] : unit + 1;
    for (let one = unit; one < end; one++) found.add(one);
  }
  return found;
}

// ---- texts -----------------------------------------------------------------------------------------------------------

const textStarts = starts(integers(TABLES.texts));

/** Title and page of a unit's article, its heading, anchor and text. */
async function textOf(unit) {
  const number = rangeOf(textStarts, unit);
  const [title, page, sections] = await part(`texts-${number}`);
  const [heading, anchor, text] = sections[unit - textStarts[number]];
  return { title, page, heading, anchor, text };
}

/** All that a phrase may stand in. */
async function fieldsOf(unit) {
  const lead = firstUnits[articleOf[unit]];
  const [{ title, heading, text }, [, , , others]] = await Promise.all([
    textOf(unit),
    part(`texts-${rangeOf(textStarts, lead)}`),
  ]);
  return [title, heading, text, ...others];
}

/** Ids of folders, each with the number of the one around it, and of articles with that of their folder. */
const ids = () => part('ids');
