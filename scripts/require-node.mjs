// Jest's ESM mode and the HTTP stack need this version. An older Node would fail later, with a less clear message.
const [NEEDED_MAJOR, NEEDED_MINOR] = [24, 9];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < NEEDED_MAJOR || (major === NEEDED_MAJOR && minor < NEEDED_MINOR)) {
  console.error(
    `Node ${process.versions.node} is too old: ${NEEDED_MAJOR}.${NEEDED_MINOR} or newer is needed. ` +
      'npm scripts bring their own: run "npm ci" (with install scripts allowed), then "npm run …".',
  );
  process.exit(1);
}
