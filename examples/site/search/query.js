// What one types → what is meant, as the crate's `search/query.rs` reads it.

/** Longer queries are cut: bytes, and words. */
const MAX_BYTES = 1000;
const MAX_WORDS = 32;

const byteLength = (character) => {
  const code = character.codePointAt(0);
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

/** As much of a text as fits into a number of bytes. */
function cutTo(text, bytes) {
  let at = 0;
  for (const character of text) {
    bytes -= byteLength(character);
    if (bytes < 0) break;
    at += character.length;
  }
  return text.slice(0, at);
}

function parseQuery(typed) {
  const cut = cutTo(typed, MAX_BYTES);
  const parsed = {
    words: [],
    joined: [],
    phrases: [],
    excluded: [],
    within: [],
    truncated: /\P{White_Space}/u.test(typed.slice(cut.length)),
  };
  let rest = cut;
  let words = 0;
  // Whether the last word stands side by side with the next one.
  let adjacent = false;
  for (;;) {
    rest = rest.replace(/^\p{White_Space}+/u, '');
    if (rest === '' || words >= MAX_WORDS) {
      parsed.truncated ||= rest !== '';
      break;
    }
    const [whole, minus, quotedPiece, plain] = /^(-?)(?:"([^"]*)"?|([^\p{White_Space}"]*))/u.exec(rest);
    rest = rest.slice(whole.length);
    const quoted = quotedPiece !== undefined;
    const piece = quoted ? quotedPiece : plain;
    if (!quoted && piece.startsWith('in:') && piece.length > 3) {
      parsed.within.push(piece.slice(3).replace(/\/+$/, ''));
      adjacent = false;
      continue;
    }
    let found = tokens(piece);
    // One piece can be many words: `a-b-c`, a quoted phrase.
    let count = 0;
    const end = found.findIndex(({ kind }) => kind === WORD && ++count > MAX_WORDS - words);
    if (end >= 0) {
      found = found.slice(0, end);
      parsed.truncated = true;
    }
    count = found.filter(({ kind }) => kind === WORD).length;
    words += count;
    if (count === 0) continue;
    if (minus) {
      // By themselves function words say nothing, as when they are asked for.
      if (quoted || !found.every(({ form }) => FUNCTION_WORDS.has(form))) parsed.excluded.push(found);
      adjacent = false;
    } else if (quoted && (count > 1 || found.every(({ form }) => FUNCTION_WORDS.has(form)))) {
      parsed.phrases.push(found);
      adjacent = false;
    } else {
      addWords(
        parsed,
        found,
        quoted,
        rest === '' && !quoted && end < 0 && typed.length === cut.length,
        adjacent && !quoted,
      );
      adjacent = !quoted;
    }
  }
  parsed.intent = intentOf(parsed.words);
  const quotedWords = parsed.phrases.flat().filter(({ kind }) => kind === WORD);
  parsed.onlyFunctionWords =
    parsed.words.every((word) => word.functional) && quotedWords.every(({ form }) => FUNCTION_WORDS.has(form));
  parsed.isSentence = parsed.words.some((word) => word.functional) && !parsed.onlyFunctionWords;
  return parsed;
}

/** Adds words that stand side by side. */
function addWords(parsed, found, quoted, open, adjacent) {
  const { words, joined } = parsed;
  const first = words.length;
  const last = found.findLastIndex(({ kind }) => kind === WORD);
  found.forEach(({ form, kind }, index) => {
    if (kind === WORD) {
      // The last word and this one can be one. Few words begin with a function word: `built in`, not `a part`.
      const before = words[words.length - 1];
      if (adjacent && words.length === first && before && !before.functional)
        joined.push({ first: first - 1, count: 2, form: before.form + form, spaced: true });
      words.push({ form, open: open && index === last, functional: !quoted && FUNCTION_WORDS.has(form) });
    } else if (kind !== TAIL) {
      joined.push({ first: words.length - kind, count: kind, form, spaced: false });
    }
  });
}

/** Returns the intent of the first words. One that only says so (`define`) is a function word then, if there are others. */
function intentOf(words) {
  const beginning = `${words[0]?.form ?? ''} ${words[1]?.form ?? ''}`;
  const asks = (at) => {
    if (words.some(({ functional }, other) => other !== at && !functional)) words[at].functional = true;
  };
  if (/^when /.test(beginning)) return 'date';
  if (/^(?:what|which) (?:year|date|day|month)$/.test(beginning)) return (asks(1), 'date');
  if (/^(?:year|date|day|month) of$/.test(beginning)) return (asks(0), 'date');
  if (/^(?:(?:what|who) (?:is|are|was|were)|what (?:does|do))$/.test(beginning)) return 'definition';
  if (/^(?:define .*|(?:definition|meaning) of)$/.test(beginning)) return (asks(0), 'definition');
  return undefined;
}
