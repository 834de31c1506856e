import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

const HOST: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => process.cwd(),
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
};

/** The project's compiler, kept in memory: it writes the output of edited files without checking types. */
export class Compiler {
  readonly outDir: string;
  readonly #versions = new Map<string, number>();
  /** The texts, because the compiler asks for all of them after each edit. */
  readonly #snapshots = new Map<string, ts.IScriptSnapshot>();
  #projectVersion = 0;
  readonly #service: ts.LanguageService;

  /** @throws Error when the project cannot be read */
  constructor(project: string) {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
    const { options, fileNames = [] } = ts.getParsedCommandLineOfConfigFile(project, {}, host) ?? {};
    if (options?.outDir === undefined) throw new Error(`${project} names no outDir`);
    this.outDir = options.outDir;
    for (const name of fileNames) this.#versions.set(name, 0);
    const settings = { ...options, noCheck: true };
    this.#service = ts.createLanguageService({
      ...ts.sys,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getCompilationSettings: () => settings,
      getProjectVersion: () => String(this.#projectVersion),
      getScriptFileNames: () => [...this.#versions.keys()],
      getScriptVersion: (name) => String(this.#versions.get(name) ?? 0),
      getScriptSnapshot: (name) => this.#snapshotOf(name),
      getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    });
  }

  /** Whether the edited files could be compiled; if not, it has been said why. */
  compile(paths: readonly string[]): boolean {
    const names = paths.map((path) => resolve(path));
    this.#projectVersion += 1;
    for (const name of names) {
      this.#versions.set(name, (this.#versions.get(name) ?? 0) + 1);
      this.#snapshots.delete(name);
    }
    return this.#emit(names);
  }

  compileAll(): boolean {
    return this.#emit([...this.#versions.keys()]);
  }

  #snapshotOf(name: string): ts.IScriptSnapshot | undefined {
    const known = this.#snapshots.get(name);
    if (known) return known;
    const text = ts.sys.readFile(name);
    if (text === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(name, snapshot);
    return snapshot;
  }

  /** A file with a mistake is not written; the others are, because nobody asks for them again. */
  #emit(names: readonly string[]): boolean {
    const mistakes = names.flatMap((name) => {
      const found = this.#service.getSyntacticDiagnostics(name);
      if (found.length === 0) this.#write(name);
      return found;
    });
    if (mistakes.length > 0) console.error(ts.formatDiagnosticsWithColorAndContext(mistakes, HOST));
    return mistakes.length === 0;
  }

  #write(name: string): void {
    for (const output of this.#service.getEmitOutput(name).outputFiles) {
      mkdirSync(dirname(output.name), { recursive: true });
      writeFileSync(output.name, output.text);
    }
  }
}

function fail(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.formatDiagnostic(diagnostic, HOST));
}
