// A registry mirror that lags behind leaves the packages of other platforms out of the lock file, and "npm ci"
// then refuses it. This adds every optional package that an entry of the lock file names and the file lacks.
// Run it after a change of the dependencies: npm run lock:complete
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK_FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = new Set(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'aix']);
const PROCESSORS = new Set(['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32']);

const lock = JSON.parse(readFileSync(LOCK_FILE, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(missingPackages);
for (const [path] of missing) console.log(`added ${path}`);

const packages = [...Object.entries(lock.packages), ...missing].toSorted(([a], [b]) =>
  a.localeCompare(b, 'en'),
);
lock.packages = Object.fromEntries(packages);
writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`);

function missingPackages([parent, entry]) {
  return Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => parent !== '' && !isThere(parent, name))
    .map(([name, version]) => [`node_modules/${name}`, platformPackage(name, version, entry.dev)]);
}

/** Node looks for a package beside the one that needs it, then in every folder above. */
function isThere(parent, name) {
  const parts = parent.split('/node_modules/');
  const folders = parts.map((_, depth) => `${parts.slice(0, depth + 1).join('/node_modules/')}/`);
  return [...folders, ''].some((folder) => `${folder}node_modules/${name}` in lock.packages);
}

/** Such packages carry their platform in their name: `binding-linux-arm64-musl`. */
function platformPackage(name, version, dev) {
  const words = name.replace(/^.*\//, '').split('-');
  const os = words.find((word) => SYSTEMS.has(word));
  const cpu = words.find((word) => PROCESSORS.has(word));
  const libc = os === 'linux' && (words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc');
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
