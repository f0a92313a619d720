// The part of a text that shows why it was found, as the crate's `search/snippet.rs` chooses it. Lengths are in bytes, as
// there.

const SNIPPET_LENGTH = 200;
const SNIPPET_CORE = 150;

/** For each place in a text, how many bytes stand before it. */
function byteOffsets(text) {
  const offsets = new Uint32Array(text.length + 1);
  let at = 0;
  for (const character of text) {
    const end = offsets[at] + byteLength(character);
    for (let inside = 1; inside <= character.length; inside++) offsets[at + inside] = end;
    at += character.length;
  }
  return offsets;
}

/** The pieces of a snippet, each with whether it matched, and whether the text goes on. */
async function snippetOf(text, matched, phrases) {
  const matches = [];
  for (const token of tokens(text)) {
    const found = matched.get(stem(token.form));
    // A function word is a form only where a title has it.
    if (found && (!FUNCTION_WORDS.has(token.form) || (await termOf(token.form)) !== undefined))
      matches.push({ ...token, ...found });
  }
  if (phrases.length) {
    matches.push(...phrases);
    matches.sort((one, other) => one.start - other.start);
  }
  const offsets = byteOffsets(text);
  const [first, last] = bestGroup(matches, offsets);
  const [start, end] = snippetWindow(text, offsets, first, last);
  const ranges = [];
  for (const match of matches.filter((match) => match.start >= start && match.end <= end)) {
    const range = { start: match.start, end: match.end };
    // Pairs of characters overlap, and so do words and what they are joined to.
    while (ranges.length && ranges[ranges.length - 1].end > range.start) {
      const { start, end } = ranges.pop();
      range.start = Math.min(range.start, start);
      range.end = Math.max(range.end, end);
    }
    ranges.push(range);
  }
  const pieces = [];
  let at = start;
  for (const range of ranges) {
    pieces.push([text.slice(at, range.start), false], [text.slice(range.start, range.end), true]);
    at = range.end;
  }
  pieces.push([text.slice(at, end), false]);
  return { pieces: pieces.filter(([piece]) => piece !== ''), cut: end < text.trimEnd().length };
}

/** Where the group of matches begins and ends that weighs most and has the rarest word. */
function bestGroup(matches, offsets) {
  if (matches.length === 0) return [0, 0];
  const rarest = matches.reduce((one, other) => (other.weight >= one.weight ? other : one)).word;
  let best = { weight: 0, count: 0, range: [0, 0] };
  matches.forEach((first, at) => {
    const words = new Set();
    let [weight, count, end] = [0, 0, first.end];
    for (const match of matches.slice(at)) {
      if (offsets[match.end] > offsets[first.start] + SNIPPET_CORE) break;
      if (!words.has(match.word)) weight = Math.fround(weight + match.weight);
      words.add(match.word);
      count++;
      end = Math.max(end, match.end);
    }
    const better = weight > best.weight || (weight === best.weight && count > best.count);
    if (words.has(rarest) && better) best = { weight, count, range: [first.start, end] };
  });
  return best.range;
}

/** From the start of a sentence, else of a clause, else of a word, to the end of a word. */
function snippetWindow(text, offsets, first, last) {
  const floor = (bytes) => {
    let [low, high] = [0, text.length + 1];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (offsets[middle] <= bytes) low = middle;
      else high = middle;
    }
    return low;
  };
  const earliest = floor(Math.min(Math.max(offsets[last] - SNIPPET_LENGTH, 0), offsets[first]));
  const before = text.slice(earliest, first);
  const afterLast = (marks) => {
    const ends = marks.filter((mark) => before.includes(mark)).map((mark) => before.lastIndexOf(mark) + mark.length);
    return ends.length ? earliest + Math.max(...ends) : undefined;
  };
  const space = SPACE.exec(before);
  const begin =
    afterLast(['\n', '. ', '? ', '! ', '。', '！', '？']) ??
    (earliest === 0 ? 0 : undefined) ??
    afterLast(['; ', ': ', ', ', ' – ', ' (', '、', '，']) ??
    (space ? earliest + space.index + space[0].length : first);
  const start = first - text.slice(begin, first).replace(/^\p{White_Space}+/u, '').length;
  const most = floor(offsets[start] + SNIPPET_LENGTH);
  let end = most;
  if (most < text.length) {
    const word = /\p{White_Space}\P{White_Space}*$/u.exec(text.slice(start, most));
    end = Math.max(word ? start + word.index : most, last);
  }
  return [start, start + text.slice(start, end).replace(/\p{White_Space}+$/u, '').length];
}
