// The English stemmer of Snowball 3.1 (Porter2), as the crate's `search/stemmer.rs` has it.

const EXCEPTIONS = {
  andes: 'andes', atlas: 'atlas', bias: 'bias', cosmos: 'cosmos', early: 'earli', gently: 'gentl', howe: 'howe', idly: 'idl',
  news: 'news', only: 'onli', singly: 'singl', skies: 'sky', skis: 'ski', sky: 'sky', ugly: 'ugli',
};
/** What R1 follows: otherwise `university` and `universal` would have one stem. */
const BEFORE_R1 = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;

// In each table a suffix stands before those that it ends with: suffix, what replaces it, what must stand before it.
const STEP_2 = [
  ['ational', 'ate'], ['fulness', 'ful'], ['iveness', 'ive'], ['ization', 'ize'], ['ousness', 'ous'], ['biliti', 'ble'],
  ['lessli', 'less'], ['tional', 'tion'], ['alism', 'al'], ['aliti', 'al'], ['ation', 'ate'], ['entli', 'ent'], ['fulli', 'ful'],
  ['iviti', 'ive'], ['ogist', 'og'], ['ousli', 'ous'], ['abli', 'able'], ['alli', 'al'], ['anci', 'ance'], ['ator', 'ate'],
  ['enci', 'ence'], ['izer', 'ize'], ['bli', 'ble'], ['ogi', 'og', /l$/], ['li', '', /[cdeghkmnrt]$/],
];
const STEP_3 = [
  ['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ical', 'ic'], ['ness', ''], ['ful', ''],
];
const STEP_4 = [
  ['ement', ''], ['able', ''], ['ance', ''], ['ence', ''], ['ible', ''], ['ment', ''], ['ant', ''], ['ate', ''], ['ent', ''],
  ['ion', '', /[st]$/], ['ism', ''], ['iti', ''], ['ive', ''], ['ize', ''], ['ous', ''], ['al', ''], ['er', ''], ['ic', ''],
];

const VOWEL = /[aeiouy]/;
const DOUBLE = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const SHORT_SYLLABLE = /past$|^[aeiouy][^aeiouy]$|[^aeiouy][aeiouy][^aeiouywxY]$/;

/** Where the region begins that follows the first consonant after a vowel. */
function region(word, start) {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(start));
  return found ? start + found.index + 2 : word.length;
}

/** The word after the rule of the longest suffix, if that lies in the region. */
function applied(word, from, rules) {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const [suffix, replacement, before] = rule;
  const stem = word.slice(0, -suffix.length);
  return stem.length >= from && (!before || before.test(stem)) ? stem + replacement : word;
}

function withoutPlural(word) {
  word = word.replace(/('s'|'s|')$/, '');
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  const stem = word.slice(0, -1);
  return /s$/.test(word) && !/[us]s$/.test(word) && VOWEL.test(stem.slice(0, -1)) ? stem : word;
}

function withoutPastAndIng(word, r1) {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed) {
    const stem = word.slice(0, eed.index);
    return stem.length >= r1 && !['exc', 'proc', 'succ'].includes(stem) ? `${stem}ee` : word;
  }
  const suffix = ['ingly', 'edly', 'ing', 'ed'].find((suffix) => word.endsWith(suffix));
  if (!suffix) return word;
  const stem = word.slice(0, -suffix.length);
  if (suffix === 'ing') {
    // `dying` → `die`
    if (/^[^aeiouy]y$/.test(stem)) return `${stem[0]}ie`;
    if (['cann', 'earr', 'even', 'herr', 'inn', 'out'].includes(stem)) return word;
  }
  if (!VOWEL.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  // `add`, `egg`, `off`
  if (DOUBLE.test(stem)) return /^[aeo]..$/.test(stem) ? stem : stem.slice(0, -1);
  return stem.length === r1 && SHORT_SYLLABLE.test(stem) ? `${stem}e` : stem;
}

function withoutEAndL(word, r1, r2) {
  const rest = word.slice(0, -1);
  if (word.endsWith('e')) return r2 <= rest.length || (r1 <= rest.length && !SHORT_SYLLABLE.test(rest)) ? rest : word;
  return word.endsWith('ll') && r2 <= rest.length ? rest : word;
}

/** The stem of a word of the letters `a` to `z` and `'`, and any other word as it is. */
function stem(form) {
  if (!/^[a-z']{3,}$/.test(form)) return form;
  if (Object.hasOwn(EXCEPTIONS, form)) return EXCEPTIONS[form];
  // `Y` is a `y` that is a consonant.
  let word = '';
  let afterVowel = true;
  for (const letter of form.replace(/^'/, '')) {
    word += letter === 'y' && afterVowel ? 'Y' : letter;
    afterVowel = VOWEL.test(word[word.length - 1]);
  }
  const r1 = BEFORE_R1.exec(word)?.[0].length ?? region(word, 0);
  const r2 = region(word, r1);
  word = withoutPlural(word);
  word = withoutPastAndIng(word, r1);
  word = word.replace(/^(.+[^aeiouy])[yY]$/, '$1i');
  word = applied(word, r1, STEP_2);
  if (word.endsWith('ative')) word = word.length - 5 >= r2 ? word.slice(0, -5) : word;
  else word = applied(word, r1, STEP_3);
  word = applied(word, r2, STEP_4);
  return withoutEAndL(word, r1, r2).toLowerCase();
}
