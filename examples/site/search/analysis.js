// Text → words, as the crate's `search/analysis.rs` reads them: `tests/site` compares both.

const WORD = 0;
/** Another form of words that stand before it has their number as its kind; the last character of a run this. */
const TAIL = -1;

/** Scripts that write no spaces or few. */
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\u{20000}-\u{3ffff}]/u;
/** What belongs to the character before it. */
const MARK = /[\p{M}\u1160-\u11ff\u200c\u200d\uff9e\uff9f]/u;
const ALPHANUMERIC = /[\p{Alphabetic}\p{N}]/u;
const NUMERIC = /\p{N}/u;
const SPACE = /\p{White_Space}/u;
/** Also letters that are written like them and often typed so. */
const APOSTROPHE = /^['’＇ʻʼʾʿ]$/;
const DIACRITICS =
  /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe20-\ufe2f]/g;
/** Letters that Unicode doesn't take apart as people type them. */
const PLAIN = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ς: 'σ',
};

const FUNCTION_WORDS = new Set(
  (
    'a about also am an and any are as at be been being but by can could did do does doing for from had has have having he her ' +
    'here hers herself him himself his how i if im in into is it its itself ive let lets may me might mine must my myself nor of ' +
    'on or our ours ourselves she should so some such than that thats the their theirs them themselves then there these they ' +
    'theyre theyve this those through to too very was we were weve what whats when where which while who whom whos whose why ' +
    'will with would you youll your youre yours yourself youve'
  ).split(' '),
);

const characters = (text) => [...text];

// ---- Unicode's word boundaries (UAX #29) -----------------------------------------------------------------------------

// What a character is to them; the first that fits.
const CLASSES = [
  ['extend', /[\p{Grapheme_Extend}\p{Mc}\p{Emoji_Modifier}\u200d]/u],
  ['numeric', /[\p{Nd}\u066b\u19da\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u],
  ['extend', /(?!\u200b)\p{Cf}/u],
  ['underscore', /[\p{Pc}\u202f]/u],
  ['katakana', /[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]/u],
  ['hebrew', /(?=\p{Lo})\p{Script=Hebrew}/u],
  [
    'letter',
    /(?![\p{Ideographic}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tai_Le}\p{Script=New_Tai_Lue}\p{Script=Tai_Tham}\p{Script=Tai_Viet}\p{Script=Ahom}])\p{Alphabetic}/u,
  ],
  [
    'letter',
    /[\u00b8\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff\u055a-\u055c\u055e\u058a\u05f3\ua708-\ua716\ua720\ua721\ua789\ua78a\uab5b]/u,
  ],
  ['midLetter', /[:\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a]/u],
  ['midNumber', /[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe50\ufe54\uff0c\uff1b]/u],
  ['midBoth', /[.'\u2018\u2019\u2024\ufe52\uff07\uff0e]/u],
  ['quote', /"/],
];
const classes = new Map();

function classOf(character) {
  let found = classes.get(character);
  if (found === undefined) {
    found = CLASSES.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other';
    // A line ends what marks belong to.
    if (/[\n\r\v\f\u0085\u2028\u2029]/.test(character)) found = 'newline';
    classes.set(character, found);
  }
  return found;
}

const isLetter = (kind) => kind === 'letter' || kind === 'hebrew';
const isWord = (kind) => isLetter(kind) || kind === 'numeric' || kind === 'katakana' || kind === 'underscore';

/** Are the parts before and at an index one word? 2 if they are with the part behind. */
function joins(kinds, at) {
  const [before, kind, after] = [kinds[at - 1], kinds[at], kinds[at + 1]];
  if (!isWord(before)) return 0;
  if (isWord(kind)) {
    if (kind === 'underscore' || before === 'underscore') return 1;
    if (kind === 'katakana' || before === 'katakana') return kind === before ? 1 : 0;
    return 1;
  }
  if (isLetter(before) && isLetter(after) && (kind === 'midLetter' || kind === 'midBoth')) return 2;
  if (before === 'numeric' && after === 'numeric' && (kind === 'midNumber' || kind === 'midBoth')) return 2;
  if (before === 'hebrew' && after === 'hebrew' && kind === 'quote') return 2;
  return 0;
}

/** Where the words of a text begin and end. */
function boundaries(text) {
  const kinds = [];
  const starts = [];
  let at = 0;
  for (const character of text) {
    const kind = classOf(character);
    const attached = kind === 'extend' && kinds.length > 0 && kinds[kinds.length - 1] !== 'newline';
    if (!attached) {
      kinds.push(kind);
      starts.push(at);
    }
    at += character.length;
  }
  starts.push(at);
  const found = [];
  for (let first = 0; first < kinds.length;) {
    let end = first + 1;
    if (isWord(kinds[first])) {
      for (;;) {
        const more = end < kinds.length ? joins(kinds, end) : 0;
        // Hebrew writes abbreviations with an apostrophe at their end.
        if (more === 0 && kinds[end - 1] === 'hebrew' && text[starts[end]] === "'") end += 1;
        else if (more === 0) break;
        else end += more;
      }
    }
    if (ALPHANUMERIC.test(text.slice(starts[first], starts[end]))) found.push([starts[first], starts[end]]);
    first = end;
  }
  return found;
}

// ---- words -----------------------------------------------------------------------------------------------------------

/** Lower case, without diacritics and ligatures. */
function fold(word) {
  if (/^[a-z]*$/.test(word)) return word;
  // The plural of capitals: `LLMs`.
  if (/^[A-Z]{2,}s$/.test(word)) return word.slice(0, -1).toLowerCase();
  let plain = '';
  for (const character of word.normalize('NFKD').replace(DIACRITICS, '')) {
    for (const lower of character.toLowerCase()) plain += PLAIN[lower] ?? lower;
  }
  // `İ` in lower case has a dot of its own.
  plain = plain.replace(DIACRITICS, '');
  return /[,'’٬]/.test(plain) ? (withoutGroups(plain) ?? plain) : plain;
}

/** Hiragana as katakana. */
const toKatakana = (text) =>
  text.replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** A number without the marks between thousands. */
function withoutGroups(number) {
  const dot = number.indexOf('.');
  const whole = dot < 0 ? number : number.slice(0, dot);
  if (!/^\p{N}{1,3}([,'’٬]\p{N}{3})*$/u.test(whole)) return undefined;
  return whole.replace(/[,'’٬]/g, '') + (dot < 0 ? '' : number.slice(dot));
}

/** Tokens of a text that is being read. */
class Tokens {
  constructor(text) {
    this.text = text;
    this.tokens = [];
    /** Words with a mark between them, and characters of a script without spaces: form, start, end. */
    this.chain = [];
    this.run = [];
  }

  add(start, word) {
    // Scripts can stand in one word: `AI는`.
    const parts = [];
    for (const character of word) {
      const unspaced = UNSPACED.test(character);
      const last = parts[parts.length - 1];
      if (last && (last.unspaced === unspaced || MARK.test(character))) last.text += character;
      else parts.push({ unspaced, text: character });
    }
    let at = start;
    for (const { unspaced, text } of parts) {
      if (unspaced) {
        this.endChain();
        this.addUnspaced(at, text);
      } else {
        this.endRun();
        this.addSpaced(at, text);
      }
      at += text.length;
    }
  }

  addUnspaced(start, word) {
    if (this.run.length && this.run[this.run.length - 1].end !== start) this.endRun();
    const parts = [];
    for (const character of word) {
      if (parts.length && MARK.test(character)) parts[parts.length - 1] += character;
      else parts.push(character);
    }
    let at = start;
    for (const part of parts) {
      this.run.push({ form: toKatakana(part.normalize('NFKC')), start: at, end: at + part.length });
      at += part.length;
    }
  }

  /** Turns the run into pairs; a character alone stays one. */
  endRun() {
    const { run } = this;
    for (let at = 1; at < run.length; at++) {
      this.tokens.push({
        form: run[at - 1].form + run[at].form,
        start: run[at - 1].start,
        end: run[at].end,
        kind: WORD,
      });
    }
    if (run.length) this.tokens.push({ ...run[run.length - 1], kind: run.length === 1 ? WORD : TAIL });
    this.run = [];
  }

  /** Adds a word of a script with spaces, divided at the marks inside it. */
  addSpaced(start, word) {
    const { text } = this;
    if (this.chain.length) {
      const { form, end } = this.chain[this.chain.length - 1];
      const between = text.slice(end, start);
      // `I/O` is short for words as `U.S.` is.
      const letters = between === '/' && /^[a-z]$/.test(form) && /^[A-Za-z]$/.test(word);
      if (!letters && !/^[-\u2010\u2011]$/.test(between)) this.endChain();
    }
    const parts = [];
    const all = characters(word);
    let [begin, at, mark] = [0, 0, ' '];
    all.forEach((character, index) => {
      const after = at + character.length;
      const inside = (ALPHANUMERIC.test(character) || MARK.test(character)) && !APOSTROPHE.test(character);
      const inNumber =
        index > 0 && index + 1 < all.length && NUMERIC.test(all[index - 1]) && NUMERIC.test(all[index + 1]);
      if (!inside && !inNumber) {
        parts.push({ part: word.slice(begin, at), begin, mark });
        [begin, mark] = [after, character];
      }
      at = after;
    });
    parts.push({ part: word.slice(begin), begin, mark });
    const single = (part) => characters(part).filter((character) => !MARK.test(character)).length === 1;
    const acronym =
      parts.length > 1 && parts.slice(1).every(({ mark }) => mark === '.') && parts.every(({ part }) => single(part));
    const first = this.chain.length;
    for (const { part, begin, mark } of parts) {
      const form = fold(part);
      const end = start + begin + part.length;
      const afterApostrophe = APOSTROPHE.test(mark);
      if (afterApostrophe && form === 's') continue;
      if (mark === ':') this.endChain();
      const contracted = afterApostrophe && ['t', 're', 've', 'll', 'd', 'm'].includes(form);
      const last = this.chain[this.chain.length - 1];
      if (last && (contracted || acronym) && this.chain.length > first) {
        last.form += form;
        last.end = end;
      } else if (form !== '') {
        this.chain.push({ form, start: start + begin, end });
      }
    }
  }

  /** Gives the words of the chain, and each two and all of them as one. */
  endChain() {
    const { chain } = this;
    const isDigits = ({ form }) => /^[0-9]*$/.test(form);
    chain.forEach(({ form, start, end }, index) => {
      this.tokens.push({ form, start, end, kind: WORD });
      const marked = this.withMarks(form, start, end);
      if (marked) this.tokens.push(marked);
      if (index === 0) return;
      const before = chain[index - 1];
      const digits = isDigits(before) && isDigits(chain[index]);
      const functional = FUNCTION_WORDS.has(before.form) || FUNCTION_WORDS.has(form);
      if (!digits && !(functional && chain.length > 2)) {
        this.tokens.push({ form: before.form + form, start: before.start, end, kind: 2 });
      }
    });
    const [first, last] = [chain[0], chain[chain.length - 1]];
    if (chain.length > 2 && !chain.every(isDigits)) {
      const form = chain.map(({ form }) => form).join('');
      this.tokens.push({ form, start: first.start, end: last.end, kind: chain.length });
    }
    this.chain = [];
  }

  /** The word with the marks that make it a name: `c++`, `c#`, `.net`. */
  withMarks(form, start, end) {
    if (!/^[a-z]*$/.test(form)) return undefined;
    const after = this.text.slice(end, end + 5);
    const suffix = /^\+\+(?![\p{Alphabetic}\p{N}+#])/u.test(after)
      ? '++'
      : form.length === 1 && /^#(?![\p{Alphabetic}\p{N}+#])/u.test(after)
        ? '#'
        : '';
    if (suffix) return { form: form + suffix, start, end: end + suffix.length, kind: 1 };
    if (this.text[start - 1] === '.' && (start === 1 || /[\p{White_Space}(["'“]/u.test(this.text[start - 2]))) {
      return { form: `.${form}`, start: start - 1, end, kind: 1 };
    }
    return undefined;
  }
}

/** The tokens of a text, in order. */
function tokens(text) {
  const read = new Tokens(text);
  for (const [start, end] of boundaries(text)) read.add(start, text.slice(start, end));
  read.endRun();
  read.endChain();
  return read.tokens;
}

function isSingleUnspaced(form) {
  const all = characters(form).filter((character) => !MARK.test(character));
  return all.length === 1 && UNSPACED.test(all[0]);
}
