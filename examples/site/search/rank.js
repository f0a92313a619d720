// From words to hits, as the crate's `search/rank.rs`, `bm25.rs` and `phrase.rs` do it, in numbers of 32 bits as there:
// same scores, same order.

/** Weights and length normalisation of title, keywords, description, questions, heading and text. */
const WEIGHTS = [3, 3, 3, 0.75, 2, 1];
const B = [0.3, 0.2, 0.3, 0.6, 0.3, 0.6].map(Math.fround);
const K1 = 2.5;
const MIN_COVER = Math.fround(0.4);
const FIRST_HITS = 10;
const COVER_SHARE = 0.5;
const MIN_PART = 2;
const RARE = 3;
const MIN_PART_OF_RARE = 4;
const JOINED_WEIGHT = Math.fround(1.2);
const SPACED_WEIGHT = Math.fround(1.1);
const MAX_HITS_OF_SENTENCE = 40;
/** How many texts are looked at together for a phrase. */
const BATCH = 16;
const { fround } = Math;

const LEAD = 1;
const TIMELINE = 2;
const LINKS = 3;

function roleWeight(role, intent) {
  if (role === LINKS) return fround(0.8);
  if (role === TIMELINE && intent === 'definition') return fround(0.8);
  if (role === TIMELINE && intent === 'date') return fround(1.2);
  if (role === LEAD && intent === 'definition') return fround(1.1);
  return 1;
}

// ---- BM25F -----------------------------------------------------------------------------------------------------------

/** The counts for which the logarithm that the crate takes, in 32 bits, is the number above (1) or below (0) the nearest. */
const logarithms = new Map();
{
  let last = 0;
  for (const packed of integers(TABLES.logarithms)) logarithms.set((last += packed >> 1), packed & 1);
}

function idf(count) {
  const log = fround(Math.log(fround(1 + fround(fround(units.length - count + 0.5) / fround(count + 0.5)))));
  if (!logarithms.has(count)) return fround(1 + log);
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, log);
  bits.setUint32(0, bits.getUint32(0) + (logarithms.get(count) ? 1 : -1));
  return fround(1 + bits.getFloat32(0));
}

/** The weighted frequency of a term; `first` is the first of the fields. */
function frequency(first, frequencies, lengths) {
  let sum = 0;
  frequencies.forEach((times, at) => {
    if (times === 0) return;
    const field = first + at;
    const relative = fround(lengths[at] / averages[field]);
    const norm = fround(fround(1 - B[field]) + fround(B[field] * relative));
    sum = fround(sum + fround(fround(WEIGHTS[field] * times) / norm));
  });
  return sum;
}

const saturated = (frequency) => fround(frequency / fround(K1 + frequency));

/** What a query gives: articles by their own fields, and units, of which those are listed that have something of their own. */
class Values {
  constructor() {
    this.articles = new Float32Array(articleCount);
    this.units = new Float32Array(units.length);
    this.articleCovers = new Float32Array(articleCount);
    this.covers = new Float32Array(units.length);
    this.listed = new Uint8Array(units.length);
  }

  join(other, how) {
    for (const column of ['articles', 'units', 'articleCovers', 'covers']) {
      const [own, others] = [this[column], other[column]];
      for (let at = 0; at < own.length; at++) own[at] = how(own[at], others[at]);
    }
    other.listed.forEach((listed, unit) => listed && (this.listed[unit] = 1));
    return this;
  }
}
const plus = (one, other) => one + other;

/** Scores of terms without their idf; of several the best counts in each unit. */
async function saturations(variants) {
  const scores = {
    articles: new Float32Array(articleCount),
    units: new Float32Array(units.length),
    listed: new Uint8Array(units.length),
    unitsWith: 0,
  };
  const all = await Promise.all(variants.map(({ term }) => postingsOf(term)));
  all.forEach((postings, at) => {
    const { weight } = variants[at];
    const shared = new Map();
    for (const [article, frequencies] of postings.articles) {
      const lengths = articleLengths.map((column) => column[article]);
      shared.set(article, frequency(0, frequencies, lengths));
      scores.articles[article] = Math.max(scores.articles[article], fround(weight * saturated(shared.get(article))));
    }
    for (const [unit, frequencies] of postings.units) {
      const own = frequency(ARTICLE_FIELDS, frequencies, [units[unit].heading, units[unit].text]);
      const sum = fround((shared.get(articleOf[unit]) ?? 0) + own);
      scores.units[unit] = Math.max(scores.units[unit], fround(weight * saturated(sum)));
      scores.listed[unit] = 1;
    }
  });
  for (let unit = 0; unit < units.length; unit++) {
    const base = scores.articles[articleOf[unit]];
    // A unit has one variant, its article another.
    if (!scores.listed[unit]) scores.units[unit] = base;
    else if (variants.length > 1) scores.units[unit] = Math.max(scores.units[unit], base);
    if (base > 0 || scores.listed[unit]) scores.unitsWith++;
  }
  return scores;
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** Finds what the words of a query mean. */
class Reader {
  constructor(query) {
    this.query = query;
    /** By stem, the word of the query that matched, and its weight. */
    this.matched = new Map();
    this.words = 0;
    this.weight = 0;
    /** The weight of the words of each phrase. */
    this.phrases = [];
  }

  async totals() {
    const { words, joined, phrases, onlyFunctionWords } = this.query;
    // Load what is needed at once: below, one word waits for the other.
    await Promise.all(
      words.map(async ({ form, open }, at) => {
        const variants = this.isLookedFor(at) ? await variantsOf(form, open) : [];
        await Promise.all(variants.map(({ term }) => postingsOf(term)));
      }),
    );
    let totals;
    const add = (found) => {
      if (!found) return;
      totals = totals ? totals.join(found.values, plus) : found.values;
      this.weight = fround(this.weight + found.weight);
    };
    for (let next = 0; next < words.length;) {
      let found;
      let count = 1;
      for (const one of joined.filter(({ first }) => first === next)) {
        found = await this.joined(one);
        if (found) {
          count = one.count;
          break;
        }
      }
      add(found ?? (await this.wordAt(next)));
      next += count;
    }
    for (const phrase of phrases) {
      let weight = 0;
      for (const { form } of phrase.filter(({ kind }) => kind === WORD)) {
        if (!onlyFunctionWords && FUNCTION_WORDS.has(form)) continue;
        const term = await exact(form);
        if (term === undefined) continue;
        const found = await this.weigh([variant(term, form, 1)], byRarity);
        add(found);
        weight = fround(weight + found.weight);
      }
      this.phrases.push(weight);
    }
    return totals ?? new Values();
  }

  isLookedFor(at) {
    return !this.query.words[at].functional || this.query.onlyFunctionWords;
  }

  async wordAt(at) {
    const { form, open } = this.query.words[at];
    if (!this.isLookedFor(at)) return undefined;
    const variants = await variantsOf(form, open);
    const whole = variants.length ? await this.lookUp(variants, byRarity) : undefined;
    if (whole?.places > RARE) return whole;
    const parts = await divided(form, whole ? MIN_PART_OF_RARE : MIN_PART);
    if (!parts) return whole;
    const first = await this.lookUpExact(parts[0]);
    return better(whole, sum(first, await this.lookUpExact(parts[1])));
  }

  /** Words that can be written as one, if some article has them so: the better of both counts. */
  async joined({ first, count, form, spaced }) {
    const term = await exact(form);
    if (term === undefined) return undefined;
    let apart;
    for (let at = first; at < first + count; at++) apart = sum(apart, await this.wordAt(at));
    const together = await this.lookUp([variant(term, form, 1)], (own) => {
      if (!apart) return own;
      return spaced ? fround(SPACED_WEIGHT * apart.weight) : Math.max(own, fround(JOINED_WEIGHT * apart.weight));
    });
    return better(apart, together);
  }

  async lookUpExact(form) {
    const term = await exact(form);
    return term === undefined ? undefined : this.lookUp([variant(term, form, 1)], byRarity);
  }

  /** Looks up the variants of a word and notes them as matches. */
  async lookUp(variants, weigh) {
    const word = this.words;
    const found = await this.weigh(variants, weigh);
    const { weight } = found;
    for (const stemmed of variants.map(({ form }) => stem(form))) {
      if (!(this.matched.get(stemmed)?.weight >= weight)) this.matched.set(stemmed, { word, weight });
    }
    return found;
  }

  /** Looks up the variants of a word, and makes its weight of what it weighs by its rarity. */
  async weigh(variants, weigh) {
    const scores = await saturations(variants);
    const rarity = idf(scores.unitsWith);
    const own = fround(Math.max(...variants.map(({ weight }) => weight)) * rarity);
    const weight = weigh(own);
    this.words++;
    const values = new Values();
    const factor = fround(weight / own);
    const worth = (score) => fround(factor * fround(score * rarity));
    values.listed = scores.listed;
    for (const [own, covers, from] of [
      [values.articles, values.articleCovers, scores.articles],
      [values.units, values.covers, scores.units],
    ]) {
      from.forEach((score, at) => {
        if (score === 0) return;
        own[at] = worth(score);
        covers[at] = weight;
      });
    }
    const places = [...scores.articles, ...scores.listed].filter((has) => has > 0).length;
    return { values, weight, places };
  }
}

function byRarity(own) {
  return own;
}

/** Takes the better of two readings, either of which may not have been found. */
function better(one, other) {
  if (!one || !other) return one ?? other;
  return { values: one.values.join(other.values, Math.max), weight: Math.max(one.weight, other.weight) };
}

function sum(one, other) {
  if (!one || !other) return one ?? other;
  return { values: one.values.join(other.values, plus), weight: fround(one.weight + other.weight) };
}

// ---- phrases ---------------------------------------------------------------------------------------------------------

/** A text as terms with their places, and other forms of some: at which term, how many, the form. */
function termsIn(found) {
  const terms = [];
  const spans = [];
  const joined = [];
  for (const { form, kind, start, end } of found) {
    if (kind === WORD) {
      terms.push(stem(form));
      spans.push({ start, end });
    } else if (kind !== TAIL) joined.push({ first: terms.length - kind, count: kind, form: stem(form) });
  }
  const formsAt = (at) => [
    ...(at < terms.length ? [{ count: 1, form: terms[at] }] : []),
    ...joined.filter(({ first }) => first === at),
  ];
  return { terms, spans, joined, formsAt };
}

/** The index after the rest of a phrase, if a text has it at an index. */
function endIn(phrase, from, text, at) {
  if (from === phrase.terms.length) return at;
  for (const { count, form } of phrase.formsAt(from)) {
    for (const other of text.formsAt(at).filter((other) => form === other.form)) {
      const end = endIn(phrase, from + count, text, at + other.count);
      if (end !== undefined) return end;
    }
  }
  return undefined;
}

/** Words that must stand side by side. */
class Phrase {
  static async of(found) {
    const phrase = new Phrase();
    phrase.terms = termsIn(found);
    const words = found.filter(({ kind }) => kind === WORD);
    // The units that can have it; only these are read.
    phrase.units = undefined;
    for (const [at, { form }] of words.entries()) {
      // Another form of words has a place of its own in the index, if it is no function word.
      const others = joinedForms(found, at);
      const next = words[at + 1] && joinedForms(found, at + 1);
      const either = [...others, ...(next ?? [])];
      if (either.some((form) => FUNCTION_WORDS.has(form))) continue;
      const sets = either.map(unitsWithForm);
      // Function words are indexed for titles only, but pairs of them for all texts.
      if (next) sets.push(unitsWithPair(stem(form), stem(words[at + 1].form)));
      else if (words.length === 1 && !FUNCTION_WORDS.has(form)) sets.push(unitsWithForm(form));
      else continue;
      phrase.keep((await Promise.all(sets)).flatMap((set) => [...set]));
      if (others.length === 0 && !FUNCTION_WORDS.has(form) && (await exact(form)) === undefined) phrase.keep([]);
    }
    // What the index says of one word needs no look at the text.
    phrase.certain = found.length === 1 && phrase.units !== undefined;
    return phrase;
  }

  /** Only these units can have it, of those that could. */
  keep(list) {
    this.units = new Set(list.filter((unit) => !this.units || this.units.has(unit)));
  }

  canStandIn(unit) {
    return this.units === undefined || this.units.has(unit);
  }

  async standsIn(unit) {
    if (!this.canStandIn(unit) || this.certain) return this.canStandIn(unit);
    return (await fieldsOf(unit)).some((field) => this.placesIn(field).length > 0);
  }

  /** The places of the phrase in a text, in order. */
  placesIn(field) {
    const text = termsIn(tokens(field));
    return text.spans.flatMap(({ start }, at) => {
      const end = endIn(this.terms, 0, text, at);
      return end === undefined ? [] : [{ start, end: text.spans[end - 1].end }];
    });
  }
}

async function unitsWithForm(form) {
  const term = await exact(form);
  return term === undefined ? new Set() : unitsWith(term);
}

/** The forms that a word of a phrase is a part of: `finetuning` of the words of `fine-tuning`. */
function joinedForms(found, at) {
  let words = 0;
  const forms = [];
  for (const { form, kind } of found) {
    if (kind === WORD) words++;
    else if (kind > 0 && words - kind <= at && at < words) forms.push(form);
  }
  return forms;
}

// ---- hits ------------------------------------------------------------------------------------------------------------

/** Whether ids ask for an article: `true` for all its sections, `false` for the best one, `undefined` for none. */
async function filterOf(within) {
  if (within.length === 0) return { unknown: [], asks: () => false };
  const [folders, articles] = await ids();
  const lower = (id) => id.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const known = new Set([...folders, ...articles].map(([id]) => lower(id)));
  const asked = new Set(within.map(lower));
  const asks = (article) => {
    const [id, folder] = articles[article];
    if (asked.has(lower(id))) return true;
    for (let at = folder; at >= 0; at = folders[at][1]) if (asked.has(lower(folders[at][0]))) return false;
    return undefined;
  };
  return { unknown: within.filter((id) => !known.has(lower(id))), asks };
}

/** All units that may be hits, without regard to phrases; `weight` is that of the words that some unit has. */
function candidates(totals, intent, asks, weight) {
  const found = [];
  const add = (article, unit, value, cover) => {
    const share = weight > 0 ? fround(cover / weight) : 1;
    const byCover = fround(1 - COVER_SHARE + fround(COVER_SHARE * share));
    const score = fround(fround(value * roleWeight(units[unit].role, intent)) * byCover);
    if (score > 0) found.push({ article, unit, score, cover });
  };
  for (let article = 0; article < articleCount; article++) {
    const every = asks(article);
    if (every === undefined) continue;
    const [first, end] = [firstUnits[article], firstUnits[article + 1]];
    for (let unit = first; unit < end; unit++) {
      // A section without a word of its own has nothing that the lead doesn't have.
      if (
        every ? totals.covers[unit] > 0 : totals.listed[unit] || (unit === first && totals.articleCovers[article] > 0)
      ) {
        add(article, unit, totals.units[unit], totals.covers[unit]);
      }
    }
  }
  return found.sort((one, other) => other.score - one.score || one.unit - other.unit);
}

/** The articles that `in:` alone asks for, or all units of one, without a score. */
function listed(asks) {
  const found = [];
  for (let article = 0; article < articleCount; article++) {
    const every = asks(article);
    if (every === undefined) continue;
    const end = every ? firstUnits[article + 1] : firstUnits[article] + 1;
    for (let unit = firstUnits[article]; unit < end; unit++) found.push({ article, unit, score: 0, cover: 0 });
  }
  return found;
}

/** What a query finds, the best first. Where a phrase is asked for, texts are read only as far as hits are. */
class Answer {
  static async to(typed) {
    const query = parseQuery(typed);
    const answer = new Answer();
    const [{ unknown, asks }, phrases, excluded] = await Promise.all([
      filterOf(query.within),
      ...[query.phrases, query.excluded].map((list) => Promise.all(list.map(Phrase.of))),
    ]);
    Object.assign(answer, {
      truncated: query.truncated,
      unknown,
      phrases,
      excluded,
      matched: new Map(),
      weights: [],
      found: [],
      decided: 0,
      at: 0,
      articles: new Set(),
    });
    let most = Infinity;
    let leastCover = 0;
    if (query.words.length === 0 && query.phrases.length === 0) {
      answer.candidates = query.within.length ? listed(asks) : [];
    } else {
      const reader = new Reader(query);
      const totals = await reader.totals();
      if (query.onlyFunctionWords && query.phrases.length) {
        // The index has them in titles only: read the texts.
        const all = new Values();
        for (const column of ['articles', 'units', 'articleCovers', 'covers']) all[column].fill(0.001);
        all.listed.fill(1);
        totals.join(all, Math.max);
      }
      answer.matched = reader.matched;
      answer.weights = reader.phrases;
      answer.candidates = candidates(totals, query.intent, asks, reader.weight);
      if (reader.words > 1) leastCover = MIN_COVER;
      if (query.isSentence) most = MAX_HITS_OF_SENTENCE;
    }
    answer.candidates = answer.candidates.filter(({ unit }) => phrases.every((phrase) => phrase.canStandIn(unit)));
    Object.assign(answer, { most, leastCover, every: asks, best: 0 });
    // The greatest cover among a candidate and those behind it.
    answer.covers = new Float32Array(answer.candidates.length + 1);
    for (let at = answer.candidates.length - 1; at >= 0; at--)
      answer.covers[at] = Math.max(answer.candidates[at].cover, answer.covers[at + 1]);
    if (phrases.length === 0 && excluded.length === 0) await answer.decide(Infinity);
    return answer;
  }

  /** How many hits there are, or `undefined` as long as texts are unread that may have more. */
  get total() {
    return this.at === this.candidates.length || this.decided >= this.most
      ? Math.min(this.decided, this.most)
      : undefined;
  }

  /** The hits from one index to another, each with its texts and snippet. */
  async hits(from, to) {
    await this.decide(to);
    const hits = this.found.slice(from, Math.min(to, this.decided, this.most));
    return Promise.all(
      hits.map(async (hit) => {
        const found = await textOf(hit.unit);
        return { ...hit, ...found, snippet: await snippetOf(found.text, this.matched, this.phrasesIn(found.text)) };
      }),
    );
  }

  /** The places of what is quoted in a text, as matches. */
  phrasesIn(text) {
    // Words of the query count from 0.
    return this.phrases.flatMap((phrase, at) =>
      phrase.placesIn(text).map((place) => ({ ...place, word: -1 - at, weight: this.weights[at] })),
    );
  }

  /** Looks at candidates until so many hits are certain. */
  async decide(count) {
    while (this.decided < Math.min(count, this.most) && this.at < this.candidates.length) {
      const batch = [];
      while (this.at < this.candidates.length && batch.length < BATCH) batch.push(this.candidates[this.at++]);
      const allowed = await Promise.all(
        batch.map(({ article, unit }) => !this.articles.has(article) && this.allows(unit)),
      );
      batch.forEach((hit, at) => {
        if (!allowed[at] || this.articles.has(hit.article)) return;
        // An article that is asked for shows all its sections.
        if (this.every(hit.article) === false) this.articles.add(hit.article);
        this.best = Math.max(this.best, hit.cover);
        this.found.push(hit);
      });
      this.drop();
    }
  }

  /** Drops hits with too few of the words, as far as it is known what the best one has. */
  drop() {
    const least = (best) => fround(this.leastCover * best);
    this.found = this.found.filter(({ cover }, at) => at < FIRST_HITS || cover >= least(this.best));
    const all = this.at === this.candidates.length;
    const unsure = all
      ? -1
      : this.found.findIndex(
          ({ cover }, at) => at >= FIRST_HITS && cover < least(Math.max(this.best, this.covers[this.at])),
        );
    this.decided = unsure < 0 ? this.found.length : unsure;
  }

  async allows(unit) {
    for (const phrase of this.phrases) if (!(await phrase.standsIn(unit))) return false;
    for (const phrase of this.excluded) if (await phrase.standsIn(unit)) return false;
    return true;
  }
}
