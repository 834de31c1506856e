// A registry mirror that lags behind leaves the packages of other platforms out of the lock file, and "npm ci"
// then refuses it. This adds every optional package that an entry of the lock file names and the file lacks.
// Run it after a change of the dependencies: npm run lock:complete
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK_FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'aix'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];

const lock = JSON.parse(readFileSync(LOCK_FILE, 'utf8'));
const packages = { ...lock.packages };

for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (parent === '' || isThere(parent, name)) continue;
    packages[`node_modules/${name}`] = platformPackage(name, version, entry.dev);
    console.log(`added ${name}@${version}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`);

/** Node looks for a package beside the one that needs it, then in every folder above. */
function isThere(parent, name) {
  const folders = parent.split('/node_modules/').map((_, depth, all) => all.slice(0, depth + 1).join('/node_modules/'));
  return [...folders, ''].some((folder) => `${folder}${folder && '/'}node_modules/${name}` in packages);
}

/** Such packages carry their platform in their name: `binding-linux-arm64-musl`. */
function platformPackage(name, version, dev) {
  const words = name.replace(/^.*\//, '').split('-');
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
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
