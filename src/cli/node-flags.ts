/**
 * Node's flags for the service, in the one place where they stand. `launch.ts` and the command start the service with
 * them, and so do the tests, the bench and the demo. docs/decisions/2026-11-29-node-flags.md has what each gives:
 * - `--max-semi-space-size`: MB of one half of the young generation. The default of 16 costs memory and gains nothing.
 * - `--no-concurrent-marking`: the collector's helper threads would take CPU time from requests with large bodies.
 * - `--expose-gc`: the start lets go of what loading has left behind, see `releaseUnused` in `start.ts`.
 */
export const NODE_FLAGS: readonly string[] = [
  '--max-semi-space-size=8',
  '--no-concurrent-marking',
  '--expose-gc',
];
