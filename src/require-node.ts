/**
 * Ends an older Node with a clear message. Entry points import this file before all others, because an older
 * Node would fail on newer syntax with a less clear message. So this file uses nothing newer than ES modules.
 */
const NEEDED_MAJOR = 24;
const NEEDED_MINOR = 9;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < NEEDED_MAJOR || (major === NEEDED_MAJOR && minor < NEEDED_MINOR)) {
  console.error(
    `Node ${process.versions.node} is too old: ${NEEDED_MAJOR}.${NEEDED_MINOR} or newer is needed. ` +
      'After "npm ci", "npm start" brings its own.',
  );
  process.exit(1);
}
