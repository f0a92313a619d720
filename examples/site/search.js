// Finds in the page what the crate's own `search` finds: same words, same scores, same order. What a word is worth in each
// place comes from the crate (`search-index.js`); here the words of a query are added up. One thing differs: there is no
// stemmer, so a form that no article has is taken for the beginning of a word or for a mistyped one.
'use strict';

var almanacSearch = (() => {
  // As in the crate's `search/index.rs`; `tests/site` compares scores.
  const PREFIX_WEIGHT = 0.7;
  const TYPO_WEIGHT = 0.8;
  const MAX_PREFIX_EXPANSIONS = 100;
  const MAX_WORDS = 32;
  const MAX_LENGTH = 1000;
  const SNIPPET = 200;

  const { articles, words, terms, scores } = almanacIndex;
  const known = words === '' ? [] : words.split(' ');
  const termOf = new Map(known.map((form, at) => [form, terms[at]]));
  // Each place: the number of its article, and of its section from 1; 0 is the lead.
  const places = articles.flatMap((article, number) => [[number, 0], ...article.sections.map((_, at) => [number, at + 1])]);

  // ---- words, as the crate sees them ----
  const CJK = /[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  // Scripts that write no spaces and whose words only a dictionary knows give characters.
  const SINGLE = '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
  const RUN = new RegExp(`(?:(?![${SINGLE}])[\\p{L}\\p{Nd}\\p{M}_])+|[\\p{L}\\p{N}]\\p{M}*`, 'gu');

  function fold(word) {
    const plain = [...word.normalize('NFKD').replace(/\p{M}/gu, '')].map((character) => character.toLowerCase()).join('');
    return plain.replace(/’/g, "'").replace(/'s$/, '');
  }

  /** The words of a text: each form, and where it stands. */
  function tokens(text) {
    // Runs of letters and digits; some marks between them don't end a word: `don't`, `U.S`, `3.5`, `1,000`.
    const joined = [];
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const last = joined[joined.length - 1];
      const between = last && index === last.end + 1 ? text[last.end] : '';
      const letters = last && /\p{L}\p{M}*$/u.test(last.run) && /^\p{L}/u.test(run);
      const digits = last && /\p{Nd}$/u.test(last.run) && /^\p{Nd}/u.test(run);
      if ((letters && /['’.·:]/.test(between)) || (digits && /['’.,;،٫٬]/.test(between))) {
        last.end = index + run.length;
        last.run = text.slice(last.start, last.end);
      } else {
        joined.push({ run, start: index, end: index + run.length });
      }
    }
    const found = [];
    for (const { run, start, end } of joined) {
      if (!CJK.test(run)) {
        if (/[\p{L}\p{N}]/u.test(run)) found.push({ form: fold(run), start, end });
        continue;
      }
      // Chinese and Japanese give pairs; what else stands in the run is a word of its own.
      let at = start;
      let pair = [];
      let plain = '';
      const flush = () => {
        if (pair.length === 1) found.push({ form: pair[0].character, start: pair[0].at, end: pair[0].at + pair[0].character.length });
        for (let i = 0; i + 1 < pair.length; i++) {
          found.push({ form: pair[i].character + pair[i + 1].character, start: pair[i].at, end: pair[i + 1].at + pair[i + 1].character.length });
        }
        if (plain) found.push({ form: fold(plain), start: at - plain.length, end: at });
        pair = [];
        plain = '';
      };
      for (const character of run) {
        if (CJK.test(character)) {
          if (plain) flush();
          pair.push({ character, at });
        } else {
          if (pair.length) flush();
          plain += character;
        }
        at += character.length;
      }
      flush();
    }
    return found.filter((token) => token.form !== '');
  }

  const forms = (text) => tokens(text).map((token) => token.form);

  // ---- what is typed, and what is meant ----
  function parse(query) {
    const parsed = { words: [], phrases: [], excluded: [], within: [] };
    const cut = query.slice(0, MAX_LENGTH);
    let rest = cut;
    let count = 0;
    for (;;) {
      rest = rest.trimStart();
      if (rest === '' || count >= MAX_WORDS) return parsed;
      const [whole, minus, quoted, plain] = /^(-?)(?:"([^"]*)"?|([^\s"]*))/.exec(rest);
      rest = rest.slice(whole.length || 1);
      const piece = quoted ?? plain;
      if (quoted === undefined && piece.startsWith('in:') && piece.length > 3) {
        parsed.within.push(piece.slice(3).replace(/\/+$/, ''));
        continue;
      }
      const found = forms(piece);
      count += found.length;
      if (found.length === 0) continue;
      if (minus) parsed.excluded.push(found);
      else if (quoted !== undefined && found.length > 1) parsed.phrases.push(found);
      else {
        const open = rest === '' && quoted === undefined && cut === query;
        found.forEach((form, at) => parsed.words.push({ form, open: open && at === found.length - 1 }));
      }
    }
  }

  /** Are two words one insertion, deletion, replacement or swap apart? */
  function oneEdit(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same++;
    const behind = (x, y) => a.slice(same + x) === b.slice(same + y);
    const swapped = a[same] === b[same + 1] && a[same + 1] === b[same] && behind(2, 2);
    return behind(1, 1) || behind(1, 0) || behind(0, 1) || swapped;
  }

  /** The terms that a word means, each with what it counts. */
  function variants(form, open) {
    const found = new Map();
    const add = (other, weight) => found.has(termOf.get(other)) || found.set(termOf.get(other), weight);
    if (termOf.has(form)) add(form, 1);
    if ((open || found.size === 0) && [...form].length >= 2) {
      known.filter((other) => other.startsWith(form)).slice(0, MAX_PREFIX_EXPANSIONS).forEach((other) => add(other, PREFIX_WEIGHT));
    }
    if (found.size === 0 && form.length >= 4 && form.length <= 60) {
      known.filter((other) => oneEdit(form, other)).forEach((other) => add(other, TYPO_WEIGHT));
    }
    if (found.size === 0 && form.length >= 6) {
      // `unfairness`, where only `unfair` occurs.
      const shorter = [1, 2, 3, 4].map((less) => form.slice(0, -less)).find((other) => other.length >= 4 && termOf.has(other));
      if (shorter) add(shorter, TYPO_WEIGHT);
    }
    return found;
  }

  /** For each place that has a term: what the term is worth there. */
  function postings(term) {
    const numbers = scores[term].split(' ');
    const found = [];
    for (let at = 0, place = 0; at < numbers.length; at += 2) {
      place += Number(numbers[at]);
      found.push([place, Number(numbers[at + 1]) / 1000]);
    }
    return found;
  }

  // ---- ranking ----
  function fields([article, section]) {
    const { title, keywords, sections } = articles[article];
    return [title, section ? sections[section - 1][0] : '', almanacTexts[article][section], ...keywords];
  }

  const termsOf = (list) => list.map((form) => termOf.get(form) ?? form);

  /** Do the terms of one of the phrases stand side by side in a field of the place? */
  function holdsAny(place, phrases) {
    return fields(place).some((field) => {
      const found = termsOf(forms(field));
      return phrases.some((phrase) => found.some((_, at) => phrase.every((term, behind) => found[at + behind] === term)));
    });
  }

  /** The hits of a query, the best first: article, section (0 is the lead), score, and the terms that matched. */
  function search(query) {
    const { words, phrases, excluded, within } = parse(query);
    const sums = new Map();
    const matched = new Set();
    const add = (variants) => {
      const best = new Map();
      for (const [term, weight] of variants) {
        matched.add(term);
        for (const [place, score] of postings(term)) best.set(place, Math.max(best.get(place) ?? 0, weight * score));
      }
      best.forEach((score, place) => sums.set(place, (sums.get(place) ?? 0) + score));
    };
    words.forEach(({ form, open }) => add(variants(form, open)));
    phrases.flat().filter((form) => termOf.has(form)).forEach((form) => add([[termOf.get(form), 1]]));
    const [wanted, unwanted] = [phrases.map(termsOf), excluded.map(termsOf)];
    const hits = [];
    const bestOf = new Map();
    for (const number of [...sums.keys()].sort((a, b) => a - b)) {
      const [article, section] = places[number];
      const ids = articles[article].within;
      if (within.length && !within.some((id) => ids.includes(id))) continue;
      // An article that is asked for shows all its sections.
      const every = within.includes(ids[0]);
      const hit = { article, section, score: sums.get(number), matched };
      if (!every && bestOf.has(article) && bestOf.get(article).score >= hit.score) continue;
      if (!wanted.every((phrase) => holdsAny(places[number], [phrase]))) continue;
      if (unwanted.length && holdsAny(places[number], unwanted)) continue;
      if (every) hits.push(hit);
      else bestOf.set(article, hit);
    }
    return [...hits, ...bestOf.values()].sort((a, b) => b.score - a.score || a.article - b.article || a.section - b.section);
  }

  // ---- what is shown ----
  /** The part of a text where most different words matched, in pieces: text, and whether it matched. */
  function snippet({ article, section, matched }) {
    const text = almanacTexts[article][section];
    const hits = tokens(text).filter(({ form }) => matched.has(termOf.get(form)));
    let [most, from] = [0, 0];
    hits.forEach((first, at) => {
      const inside = hits.slice(at).filter((hit) => hit.end <= first.start + (SNIPPET * 3) / 4);
      const worth = new Set(inside.map((hit) => termOf.get(hit.form))).size + inside.length / 1000;
      if (worth > most) [most, from] = [worth, first.start];
    });
    // From the start of a sentence or a word to the end of one.
    const before = Math.max(0, from - Math.floor(SNIPPET / 3));
    const lead = text.slice(before, from);
    let start = before;
    if (before > 0) {
      const sentence = Math.max(lead.lastIndexOf('\n') + 1, lead.lastIndexOf('. ') < 0 ? 0 : lead.lastIndexOf('. ') + 2);
      start += sentence || lead.indexOf(' ') + 1 || lead.length;
    }
    let end = Math.min(text.length, start + SNIPPET);
    if (end < text.length) end = Math.max(text.slice(0, end).search(/\s\S*$/), start) || end;
    const pieces = [];
    let at = start;
    for (const hit of hits.filter((hit) => hit.start >= start && hit.end <= end)) {
      if (hit.end <= at) continue;
      pieces.push([text.slice(at, Math.max(at, hit.start)), false], [text.slice(Math.max(at, hit.start), hit.end), true]);
      at = hit.end;
    }
    pieces.push([text.slice(at, end).trimEnd() + (end < text.length ? ' …' : ''), false]);
    return pieces.filter(([piece]) => piece !== '');
  }

  return { articles, forms, search, snippet };
})();
