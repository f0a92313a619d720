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

// ---- search ---------------------------------------------------------------------------------------------------------
{
  const SHOWN = 8;
  const form = find('.search');
  const input = find('input', form);
  const panel = find('.panel', form);
  const list = find('[role=listbox]', form);
  const status = find('.status', form);
  let loading;
  let active = -1;

  const script = (name) =>
    new Promise((resolve, reject) => {
      const made = element('script', { src: root + name });
      made.addEventListener('load', resolve);
      made.addEventListener('error', () => reject(new Error(name)));
      document.head.append(made);
    });

  /** The index is loaded when someone is about to search. */
  function load() {
    loading ??= Promise.all([script('search-index.js'), script('search-texts.js')])
      .then(() => script('search.js'))
      .catch((error) => {
        loading = undefined;
        throw error;
      });
    return loading;
  }

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

  function option(hit, number) {
    const { page, title, sections } = almanacSearch.articles[hit.article];
    const [heading, anchor] = sections[hit.section - 1] ?? ['', ''];
    const snippet = almanacSearch.snippet(hit).map(([text, matched]) => (matched ? element('mark', {}, text) : text));
    const name = element('span', { class: 'hit' }, element('strong', {}, title), heading && ' › ', heading);
    const attributes = { role: 'option', id: `_hit-${number}`, 'aria-selected': 'false', tabindex: '-1' };
    return element('a', { ...attributes, href: root + page + (anchor && `#${anchor}`) }, name, element('span', { class: 'snippet' }, ...snippet));
  }

  async function update() {
    const query = input.value;
    if (query.trim() === '') return close();
    panel.hidden = false;
    if (typeof almanacSearch === 'undefined') status.textContent = 'Loading …';
    try {
      await load();
    } catch {
      status.textContent = 'The index could not be loaded.';
      return;
    }
    // Somebody may have typed on meanwhile.
    if (query !== input.value) return;
    const hits = almanacSearch.search(query);
    list.replaceChildren(...hits.slice(0, SHOWN).map(option));
    choose(-1);
    input.setAttribute('aria-expanded', String(hits.length > 0));
    const shown = Math.min(SHOWN, hits.length);
    status.textContent = hits.length === 0 ? 'Nothing found' : shown < hits.length ? `The best ${shown} of ${hits.length}` : `${shown} found`;
  }

  input.addEventListener('focus', () => load().catch(() => {}));
  input.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.children.length === 0) update();
      else choose(event.key === 'ArrowDown' ? active + 1 : active < 0 ? list.children.length - 1 : active - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = list.children[Math.max(active, 0)];
      if (chosen) {
        chosen.click();
        close();
      }
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (panel.hidden) input.value = '';
      close();
    }
  });
  // A pointer that goes down on a hit must not close the list before it goes up.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', () => close());
  form.addEventListener('focusout', (event) => form.contains(event.relatedTarget) || close());
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea, [contenteditable]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}

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
    found.textContent = count === events.length ? `${count} events` : `${count} of ${events.length} events`;
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
