import { registerHooks } from 'node:module';

/**
 * The modules of one directory, of which some can be loaded again. Node keeps every loaded module under its URL, so an
 * edited module, and all that import it, directly or not, get another URL. The others stay as they are.
 */
export class EditedModules {
  #directory;
  /** Module → modules that import it, all as URLs. */
  #importers = new Map();
  #stale = new Set();

  constructor(directory) {
    this.#directory = directory.href;
    registerHooks({ resolve: (specifier, context, next) => this.#resolve(specifier, context, next) });
  }

  /** Must be called before the first import of an edited module, and once. */
  wereEdited(urls) {
    this.#stale = new Set(urls);
    // a set iterates also over what is added meanwhile
    for (const url of this.#stale) {
      for (const importer of this.#importers.get(url) ?? []) this.#stale.add(importer);
    }
  }

  #resolve(specifier, context, next) {
    if (!specifier.startsWith('.') && !specifier.startsWith(this.#directory)) return next(specifier, context);
    const { href = '' } = URL.parse(specifier, context.parentURL) ?? {};
    // noted first, because an import also fails when the imported file does not exist yet
    if (href.startsWith(this.#directory)) this.#note(href, context.parentURL);
    const resolved = next(specifier, context);
    return this.#stale.has(resolved.url) ? { ...resolved, url: `${resolved.url}?edited` } : resolved;
  }

  #note(url, importer) {
    const importers = this.#importers.get(url) ?? new Set();
    this.#importers.set(url, importers.add(importer));
  }
}
