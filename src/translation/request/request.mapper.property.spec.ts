import fc from 'fast-check';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import { DIALECT_NAMES } from '../../config/dialect-names.js';
import type { MappedRequest } from './request.mapper.js';
import { converseRequest } from '../../../test/support/arbitrary-converse-request.js';
import { object } from '../../../test/support/arbitrary-json.js';
import { mapRequest } from '../../../test/support/map-request.js';

const RUNS = 2_000;

const dialect = fc.constantFrom(...DIALECT_NAMES);
const unsupportedParameters = fc.constantFrom('ignore' as const, 'reject' as const);

/** The result of the mapper, or undefined if it refuses the request; any other error is thrown. */
function mapped(...args: Parameters<typeof mapRequest>): MappedRequest | undefined {
  try {
    return mapRequest(...args);
  } catch (error) {
    if (error instanceof BedrockException) return undefined;
    throw error;
  }
}

it('throws only exceptions of Bedrock, and returns params that can be sent', () => {
  let taken = 0;
  fc.assert(
    fc.property(converseRequest, dialect, unsupportedParameters, (body, name, unsupported) => {
      const result = mapped(body, name, unsupported);
      if (result === undefined) return;
      taken += 1;
      expect(() => JSON.stringify(result)).not.toThrow();
      expect(Object.getPrototypeOf(result.params)).toBe(Object.prototype);
    }),
    { numRuns: RUNS },
  );
  // without enough mapped requests the property would prove nothing
  expect(taken).toBeGreaterThan(RUNS / 4);
});

/** What no additional field may set, under any spelling that a server takes for it. */
const PROTECTED = [
  'stream',
  'tools',
  'n',
  'store',
  'api_base',
  'extra_body',
  'extra_headers',
  'system',
  'constructor',
];

it('does not let additional fields change a prototype or a protected field', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const spread = object.map((inner) => ({ extra_body: inner }));
  fc.assert(
    fc.property(fc.oneof(object, spread), dialect, (additionalModelRequestFields, name) => {
      const result = mapped({ additionalModelRequestFields }, name);
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      if (result === undefined) return;
      const { model, messages, ...rest } = result.params;
      expect(Object.getPrototypeOf(result.params)).toBe(Object.prototype);
      expect([model, messages]).toEqual(['a-model', [{ role: 'user', content: 'Hello' }]]);
      const names = new Set(Object.keys(rest).map((key) => key.toLowerCase()));
      expect(['model', 'messages', '__proto__', ...PROTECTED].filter((field) => names.has(field))).toEqual(
        [],
      );
    }),
    { numRuns: RUNS },
  );
});
