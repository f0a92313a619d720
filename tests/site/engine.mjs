// The search of a written site without a browser: its own programs, with `fetch` from the disk in the place of script elements.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';

const programs = new Map();
function program(path) {
  if (!programs.has(path)) programs.set(path, new Script(readFileSync(path, 'utf8'), { filename: path }));
  return programs.get(path);
}

/** A search that has loaded nothing yet; `loaded` names the files that it asks for. */
export function engine(root) {
  const loaded = new Set(['search.js']);
  const context = createContext({});
  context.document = {
    documentElement: { dataset: { root: '' } },
    createElement: () => ({}),
    head: {
      append(script) {
        const file = script.src.replace(/\?.*/, '');
        loaded.add(file);
        setImmediate(() => program(join(root, file)).runInContext(context));
      },
    },
  };
  program(join(root, 'search.js')).runInContext(context);
  return { search: context.almanacSearch.search, tokens: context.almanacSearch.tokens, stem: context.almanacSearch.stem, loaded };
}
