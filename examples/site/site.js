// What pages do beyond being read: theme, search, the filter of the timeline, and the map.
'use strict';

const root = document.documentElement.dataset.root;
const find = (selector, within = document) => within.querySelector(selector);

/** Makes an element; its children are elements or texts. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

/** `12 of 1,406`, or all. */
const share = (count, all) => [...new Set([count, all])].map((number) => number.toLocaleString('en')).join(' of ');

find('.tools').hidden = false;

// ---- theme: the system's, or the one that was chosen ---------------------------------------------------------------
{
  const button = find('.theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const system = () => (dark.matches ? 'dark' : 'light');
  const current = () => document.documentElement.dataset.theme || system();
  const show = () => button.setAttribute('aria-pressed', String(current() === 'dark'));
  button.addEventListener('click', () => {
    const wanted = current() === 'dark' ? 'light' : 'dark';
    // Who goes back to what the system has follows it again.
    const chosen = wanted === system() ? '' : wanted;
    document.documentElement.dataset.theme = chosen;
    try {
      if (chosen) localStorage.setItem('almanac-theme', chosen);
      else localStorage.removeItem('almanac-theme');
    } catch {
      // Where nothing may be stored it lasts as long as the page.
    }
    show();
  });
  dark.addEventListener('change', show);
  show();
}

// ---- search: `search.js` and what it loads come when someone is about to search -------------------------------------------
let engine;
function loadEngine() {
  engine ??= new Promise((resolve, reject) => {
    const made = element('script', { src: `${root}search.js` });
    made.addEventListener('load', () => resolve(almanacSearch));
    made.addEventListener('error', () => reject(new Error('The search could not be loaded.')));
    document.head.append(made);
  }).catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

const searchPage = (query) => `${root}search.html?${new URLSearchParams({ q: query })}`;

/** What must be said of a query besides its hits. */
function remarks({ unknown, truncated }) {
  const missing = unknown.map((id) => `There is no folder or article “${id}”.`);
  return [...missing, ...(truncated ? ['The query is too long: only its beginning counts.'] : [])];
}

/** Where a hit leads, and what is shown of it. */
function shownHit({ page, anchor, title, heading, snippet: { pieces, cut } }) {
  const marked = pieces.map(([text, matched]) => (matched ? element('mark', {}, text) : text));
  const name = element('span', { class: 'hit' }, element('strong', {}, title), heading && ' › ', heading);
  return { href: root + page + (anchor && `#${anchor}`), parts: [name, element('span', { class: 'snippet' }, ...marked, cut ? ' …' : '')] };
}

/** The search above every page, with the best hits below it. */
const box = find('.search');
if (box) {
  const SHOWN = 8;
  const input = find('input', box);
  const panel = find('.panel', box);
  const list = find('[role=listbox]', box);
  const status = find('.status', box);
  let active = -1;

  function close() {
    panel.hidden = true;
    list.replaceChildren();
    status.textContent = '';
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  }

  function choose(number) {
    const options = [...list.children];
    active = options.length ? (number + options.length + 1) % (options.length + 1) : -1;
    // One step further than the last is the input itself.
    if (active === options.length) active = -1;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === active)));
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', options[active].id);
      options[active].scrollIntoView({ block: 'nearest' });
    }
  }

  const option = (number, href, ...parts) => element('a', { role: 'option', id: `_hit-${number}`, 'aria-selected': 'false', tabindex: '-1', href }, ...parts);

  async function update() {
    const query = input.value;
    if (query.trim() === '') return close();
    panel.hidden = false;
    panel.setAttribute('aria-busy', 'true');
    if (list.children.length === 0) status.textContent = 'Loading …';
    try {
      const answer = await (await loadEngine()).search(query);
      const hits = await answer.hits(0, SHOWN);
      // Somebody may have typed on meanwhile.
      if (query !== input.value) return;
      const { total } = answer;
      const options = hits.map((hit, at) => {
        const { href, parts } = shownHit(hit);
        return option(at, href, ...parts);
      });
      if (total !== hits.length) options.push(option('all', searchPage(query), element('span', { class: 'hit all' }, total === undefined ? 'All hits' : `All ${total} hits`)));
      list.replaceChildren(...options);
      choose(-1);
      input.setAttribute('aria-expanded', String(options.length > 0));
      const found = hits.length === 0 ? 'Nothing found' : total === hits.length ? `${total} found` : total === undefined ? `The best ${hits.length}` : `The best ${hits.length} of ${total}`;
      status.textContent = [found, ...remarks(answer)].join('. ');
    } catch (error) {
      if (query === input.value) status.textContent = error.message;
    }
    if (query === input.value) panel.setAttribute('aria-busy', 'false');
  }

  input.addEventListener('focus', () => loadEngine().catch(() => {}));
  input.addEventListener('input', update);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.children.length === 0) update();
      else choose(event.key === 'ArrowDown' ? active + 1 : active < 0 ? list.children.length - 1 : active - 1);
    } else if (event.key === 'Enter' && active >= 0) {
      // Without a hit that is chosen the form leads to all.
      event.preventDefault();
      list.children[active].click();
      close();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (panel.hidden) input.value = '';
      close();
    }
  });
  box.addEventListener('submit', (event) => input.value.trim() === '' && event.preventDefault());
  // A pointer that goes down on a hit must not close the list before it goes up.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', () => close());
  box.addEventListener('focusout', (event) => box.contains(event.relatedTarget) || close());
}

/** The page with all hits, whose address has the query. */
const all = find('.all-hits');
if (all) {
  const STEP = 20;
  const input = find('input', all);
  const status = find('.status', all);
  const list = find('ol', all);
  const more = find('button.more', all);
  const title = document.title;
  let answer;

  async function show() {
    const query = input.value;
    const from = list.children.length;
    try {
      const hits = await answer.hits(from, from + STEP);
      if (query !== input.value) return undefined;
      const items = hits.map((hit) => {
        const { href, parts } = shownHit(hit);
        return element('li', {}, element('a', { href }, ...parts));
      });
      list.append(...items);
      const { total } = answer;
      const shown = list.children.length;
      const found = total === 0 ? 'Nothing found' : total === shown ? `${total} found` : `The best ${shown}${total === undefined ? '' : ` of ${total}`}`;
      status.textContent = [found, ...remarks(answer)].join('. ');
      more.hidden = total === shown;
      return items[0];
    } catch (error) {
      status.textContent = error.message;
      return undefined;
    }
  }

  async function update() {
    const query = input.value;
    document.title = query.trim() === '' ? title : `${query} · ${title}`;
    try {
      history.replaceState(null, '', query === '' ? location.pathname : `?${new URLSearchParams({ q: query })}`);
    } catch {
      // Not from every disk.
    }
    all.setAttribute('aria-busy', 'true');
    list.replaceChildren();
    more.hidden = true;
    status.textContent = query.trim() === '' ? '' : 'Loading …';
    try {
      const found = query.trim() === '' ? undefined : await (await loadEngine()).search(query);
      if (query !== input.value) return;
      answer = found;
      if (answer) await show();
    } catch (error) {
      if (query === input.value) status.textContent = error.message;
    }
    if (query === input.value) all.setAttribute('aria-busy', 'false');
  }

  input.value = new URLSearchParams(location.search).get('q') ?? '';
  input.addEventListener('input', update);
  find('form', all).addEventListener('submit', (event) => {
    event.preventDefault();
    update();
  });
  more.addEventListener('click', async () => (await show())?.firstChild.focus());
  find('form', all).hidden = false;
  update();
  if (input.value === '') input.focus();
}

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, select, textarea, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    const input = find('.all-hits input, .search input');
    input.focus();
    input.select();
  }
});

// ---- timeline -------------------------------------------------------------------------------------------------------
const filter = find('.filter');
if (filter) {
  const { text, in: within, from, to, found } = filter.elements;
  const plain = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const events = [...document.querySelectorAll('.year li')].map((item) => ({
    item,
    year: Number(item.dataset.year),
    within: item.dataset.in.split(' '),
    text: plain([item, ...item.querySelectorAll('a:not(.source)')].map((part) => `${part.textContent} ${part.title}`).join(' ')),
  }));
  const years = [...document.querySelectorAll('.year')];

  function apply() {
    const words = plain(text.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const event of events) {
      const shown =
        words.every((word) => event.text.includes(word)) &&
        (within.value === '' || event.within.includes(within.value)) &&
        (from.value === '' || event.year >= Number(from.value)) &&
        (to.value === '' || event.year <= Number(to.value));
      event.item.hidden = !shown;
      if (shown) count++;
    }
    years.forEach((year) => (year.hidden = !find('li:not([hidden])', year)));
    found.textContent = `${share(count, events.length)} events`;
    const asked = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value !== ''));
    try {
      // The address says what is shown, so that it can be kept and sent.
      history.replaceState(null, '', (String(asked) && `?${asked}`) + location.hash || location.pathname);
    } catch {
      // Not from every disk.
    }
  }

  new URLSearchParams(location.search).forEach((value, name) => {
    if (['text', 'in', 'from', 'to'].includes(name)) filter.elements[name].value = value;
  });
  // What isn't there to choose from chooses all.
  if (within.selectedIndex < 0) within.value = '';
  filter.addEventListener('input', apply);
  filter.addEventListener('submit', (event) => event.preventDefault());
  filter.addEventListener('reset', () => setTimeout(apply));
  filter.hidden = false;
  apply();
}

// ---- tables ---------------------------------------------------------------------------------------------------------
const records = find('.records');
if (records) {
  const body = find('tbody', records);
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
  const narrow = find('.narrow');
  const { text, found } = narrow.elements;

  function apply() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    rows.forEach((one) => (one.row.hidden = !words.every((word) => one.text.includes(word))));
    const count = rows.filter(({ row }) => !row.hidden).length;
    found.textContent = `${share(count, rows.length)} records`;
  }
  narrow.addEventListener('input', apply);
  narrow.addEventListener('submit', (event) => event.preventDefault());
  narrow.hidden = false;
  apply();

  // Headings sort: once from the least, twice from the greatest. What isn't known stands last.
  const heads = [...records.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = element('button', { type: 'button' }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = ({ row }) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const order = new Intl.Collator('en', { numeric: true });
      const compare = (a, b) => (head.classList.contains('number') ? Number(a) - Number(b) : order.compare(a, b)) * (down ? -1 : 1);
      const sorted = [...rows].sort((one, other) => {
        const [a, b] = [key(one), key(other)];
        return a === '' || b === '' ? (a === '') - (b === '') : compare(a, b);
      });
      body.append(...sorted.map(({ row }) => row));
    });
  });
}

// What is wider than the page begins where most is to be seen: the latest years, the middle of the map.
for (const [drawing, part] of [[find('.bars'), 1], [find('.links'), 0.5]]) {
  const around = drawing?.parentElement;
  if (around) around.scrollLeft = (around.scrollWidth - around.clientWidth) * part;
}

// ---- map ------------------------------------------------------------------------------------------------------------
const map = find('.links');
if (map) {
  const nodes = [...map.querySelectorAll('[data-node]')];
  const clear = () => map.querySelectorAll('.from, .to, .self').forEach((part) => part.classList.remove('from', 'to', 'self'));

  /** Shows the links of one article alone. */
  function show(node) {
    clear();
    map.classList.add('one');
    node.classList.add('self');
    const mark = (number, kind) => nodes[number].classList.add(kind);
    for (const [own, other, kind] of [['f', 't', 'from'], ['t', 'f', 'to']]) {
      map.querySelectorAll(`.${own}${node.dataset.node}`).forEach((edge) => {
        edge.classList.add(kind);
        mark(Number([...edge.classList].find((name) => name.startsWith(other) && /\d$/.test(name)).slice(1)), kind);
      });
    }
  }
  const none = () => {
    map.classList.remove('one');
    clear();
  };
  for (const [on, off] of [['pointerover', 'pointerout'], ['focusin', 'focusout']]) {
    map.addEventListener(on, (event) => event.target.closest('[data-node]') && show(event.target.closest('[data-node]')));
    map.addEventListener(off, none);
  }
}
