/**
 * Ends an older Node with a clear message. Entry points import this file before all others, because an older
 * Node would fail on newer syntax with a less clear message. So this file uses nothing newer than ES modules.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// 23 is no longer maintained, and its first releases lack what 22.19 has
if (major < 22 || major === 23 || (major === 22 && minor < 19)) {
  console.error(`Node ${process.versions.node} cannot run this: 22.19 or newer is needed, but not 23.`);
  process.exit(1);
}
