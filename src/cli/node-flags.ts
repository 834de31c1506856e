/**
 * Node's flags for the service. The start script, the image and the tests repeat them, and a test compares:
 * - `--disable-proto=delete`: `__proto__` in a body is an ordinary key.
 * - `--no-concurrent-marking`: the collector's helper threads would take CPU time from requests.
 */
export const NODE_FLAGS: readonly string[] = ['--disable-proto=delete', '--no-concurrent-marking'];
