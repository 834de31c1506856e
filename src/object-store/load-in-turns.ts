import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';

type Require = ReturnType<typeof createRequire>;

const PACKAGES = '/node_modules/';

/**
 * Loads a package, and before it the packages that it depends on, each in a turn of its own: loaded at once, they would
 * hold up everything else that the process does. What cannot be loaded here is left to whoever needs it.
 */
export async function loadInTurns(name: string): Promise<void> {
  await loadOnce(name, createRequire(import.meta.url), new Set());
}

async function loadOnce(name: string, require: Require, seen: Set<string>): Promise<void> {
  const path = resolved(name, require);
  if (path === undefined || seen.has(path)) return;
  seen.add(path);
  const requireOfPackage = createRequire(path);
  for (const dependency of dependenciesOf(name, path, requireOfPackage)) {
    await loadOnce(dependency, requireOfPackage, seen);
  }
  await setImmediate();
  tryToLoad(path, requireOfPackage);
}

function tryToLoad(path: string, require: Require): void {
  try {
    require(path);
  } catch {
    // the import of the package tells what is wrong
  }
}

/** A package of types has no file to load. */
function resolved(name: string, require: Require): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

function dependenciesOf(name: string, path: string, require: Require): string[] {
  const inPackage = `${PACKAGES}${name}/`;
  const root = path.slice(0, path.lastIndexOf(inPackage) + inPackage.length);
  try {
    const { dependencies = {} } = require(`${root}package.json`) as { dependencies?: object }; // npm's own file
    return Object.keys(dependencies);
  } catch {
    return [];
  }
}
