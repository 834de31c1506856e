import { collapsePaths } from './ignored-paths.js';

describe('collapsePaths', () => {
  it.each([
    [[], []],
    [['guardrailConfig'], ['guardrailConfig']],
    [
      ['messages.0.content.1.cachePoint', 'messages.7.content.12.cachePoint'],
      ['messages.*.content.*.cachePoint'],
    ],
    [
      ['a.1b.2', 'a.1.b2'],
      ['a.1b.*', 'a.*.b2'],
    ],
    [['0.1.2'], ['*.*.*']],
  ])('%j → %j', (paths, collapsed) => {
    expect(collapsePaths(paths)).toEqual(collapsed);
  });
});
