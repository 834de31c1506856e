/** What Node has of WebAssembly, as far as it is used: TypeScript declares it together with all of the browser. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }

  type Imports = Record<string, Record<string, unknown>>;
  type Exports = Record<string, unknown>;

  interface Instance {
    readonly exports: Exports;
  }

  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<Instance>;
}
