import vm from 'node:vm';

const { SourceTextModule, compileFunction } = vm;
/** File → its source, and V8's code of it. */
const codes = new Map();

/**
 * A process of Jest compiles the same modules for every suite. From now on V8's code of a module is kept, and used for
 * the next suite: a quarter of the time of a suite that starts the service. V8 refuses code that it has made under other
 * flags, which a test may set.
 */
export function keepCode() {
  vm.SourceTextModule = CachedModule;
  vm.compileFunction = compileFunctionOnce;
}

class CachedModule extends SourceTextModule {
  constructor(source, options) {
    const { identifier } = options;
    const cachedData = codeOf(identifier, source);
    try {
      super(source, { ...options, cachedData });
    } catch (error) {
      if (error.code !== 'ERR_VM_MODULE_CACHED_DATA_REJECTED') throw error;
      codes.delete(identifier);
      super(source, options);
    }
    if (codeOf(identifier, source) === undefined) keep(identifier, source, this.createCachedData());
  }
}

function compileFunctionOnce(source, parameters, options) {
  const { filename } = options;
  const cachedData = codeOf(filename, source);
  const isNew = cachedData === undefined;
  const compiled = compileFunction(source, parameters, { ...options, cachedData, produceCachedData: isNew });
  if (isNew) keep(filename, source, compiled.cachedData);
  else if (compiled.cachedDataRejected) codes.delete(filename);
  return compiled;
}

/** A file may change between two runs of `jest --watch`. */
function codeOf(file, source) {
  const known = codes.get(file);
  return known?.source === source ? known.code : undefined;
}

/** A copy, because V8's own buffer belongs to the context of the suite, and would keep it. */
function keep(file, source, code) {
  codes.set(file, { source, code: Buffer.from(code) });
}
