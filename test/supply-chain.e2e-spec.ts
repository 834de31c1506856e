import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
]);
/** Packages whose licence is in the field `licenses`, which npm leaves out of the lock file. */
const MIT_IN_AN_OLD_FORM = ['node_modules/busboy', 'node_modules/streamsearch'];
/** A choice of licences, of which MIT is one. */
const MIT_BY_CHOICE: Readonly<Record<string, string>> = {
  'node_modules/ibantools': 'MIT or MPL-2.0', // not written as SPDX has it
  'node_modules/jszip': '(MIT OR GPL-3.0-or-later)',
};
/** Permissive licences in other words than SPDX's, or together. */
const PERMISSIVE_IN_OTHER_WORDS: Readonly<Record<string, string>> = {
  'node_modules/duck': 'BSD', // the text is that of BSD-2-Clause
  'node_modules/pako': '(MIT AND Zlib)',
};

interface Package {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

interface BillOfMaterials {
  readonly bomFormat: string;
  readonly components: readonly { readonly purl: string }[];
}

const { dependencies, scripts } = JSON.parse(text('package.json')) as {
  dependencies: Record<string, string>;
  scripts: Record<string, string>;
};
const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, Package> };
const runtime = Object.entries(packages).filter(
  ([path, { dev, devOptional }]) => path && !dev && !devOptional,
);

describe('a runtime dependency', () => {
  const rows = text('docs/decisions/2026-11-22-dependencies.md').matchAll(/^\| `(.+?)` +\| (.+?) +\|$/gm);
  const reasons = Object.fromEntries([...rows].map(([, name = '', reason = '']) => [name, reason]));

  it('is listed with its reason, and no other package is', () => {
    expect(Object.keys(reasons).toSorted()).toEqual(Object.keys(dependencies).toSorted());
    expect(Object.values(reasons).filter((reason) => reason.length < 20)).toEqual([]);
  });

  it.each(Object.entries(dependencies))(
    '%s is pinned to one version, %s, the one of the lock',
    (name, version) => {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`]?.version).toBe(version);
    },
  );
});

describe('the lock file', () => {
  it('has the hash of every package of the runtime', () => {
    expect(runtime.length).toBeGreaterThan(Object.keys(dependencies).length);
    expect(runtime.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('brings only permissive licences into the runtime', () => {
    const others = runtime.filter(([, { license = '' }]) => !PERMISSIVE.has(license));
    const [named, unnamed] = [true, false].map((hasLicense) =>
      others.filter(([, { license }]) => (license !== undefined) === hasLicense),
    );
    const licenses = named?.map(([path, { license }]) => [path, license] as const) ?? [];
    expect(Object.fromEntries(licenses)).toEqual({ ...MIT_BY_CHOICE, ...PERMISSIVE_IN_OTHER_WORDS });
    expect(unnamed?.map(([path]) => path)).toEqual(MIT_IN_AN_OLD_FORM);
  });
});

describe('npm run', () => {
  it('audit checks the packages of the runtime', () => {
    expect(scripts['audit']).toBe('npm audit --omit=dev');
  });

  it('sbom lists every package of the runtime', () => {
    const { bomFormat, components } = JSON.parse(npmRun('sbom')) as BillOfMaterials;
    expect(bomFormat).toBe('CycloneDX');
    expect(components.map(({ purl }) => purl)).toEqual(expect.arrayContaining(runtime.map(packageUrl)));
  });
});

function packageUrl([path, { version }]: readonly [string, Package]): string {
  return `pkg:npm/${path.replace(/^.*node_modules\//, '').replace('@', '%40')}@${version}`;
}

function npmRun(script: string): string {
  return execFileSync('npm', ['run', '--silent', script], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

function text(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}
