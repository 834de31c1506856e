import { ignoredParametersHeader } from './ignored-parameters.js';

describe('ignoredParametersHeader', () => {
  it.each([
    ['one path', ['guardrailConfig'], 'guardrailConfig'],
    ['indexes collapsed', ['messages.0.content.12.cachePoint'], 'messages.*.content.*.cachePoint'],
    [
      'each path once',
      ['messages.0.content.0.cachePoint', 'messages.1.content.3.cachePoint'],
      'messages.*.content.*.cachePoint',
    ],
    [
      'keys percent-encoded',
      ['additionalModelRequestFields.a b,ü\r\n'],
      'additionalModelRequestFields.a%20b%2C%C3%BC%0D%0A',
    ],
    ['a lone surrogate', ['x.\ud800'], 'x.%EF%BF%BD'],
    ['several', ['performanceConfig', 'requestMetadata'], 'performanceConfig,requestMetadata'],
  ])('shows %s', (_, paths, header) => {
    expect(ignoredParametersHeader(paths)).toBe(header);
  });

  it('counts what does not fit into 2 kB', () => {
    const header = ignoredParametersHeader(Array.from({ length: 1_000 }, (_, index) => `member${index}`));
    expect(header.length).toBeLessThanOrEqual(2_048);
    const [shown, more] = header.split(';more=');
    expect(shown?.split(',').length).toBe(1_000 - Number(more));
  });

  it('counts a path that is longer than the header', () => {
    expect(ignoredParametersHeader(['x'.repeat(5_000), 'y'])).toBe(';more=2');
  });
});
