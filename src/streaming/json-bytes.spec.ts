import fc from 'fast-check';
import { JsonBytes } from './json-bytes.js';

describe('JsonBytes.of', () => {
  it('copies the bytes of its parts as they stand', () => {
    const part = new JsonBytes(Buffer.from('[1.50, 2e0]'));
    expect(JsonBytes.of({ a: part, b: [part, { c: 'ü' }] }).bytes.toString()).toBe(
      '{"a":[1.50, 2e0],"b":[[1.50, 2e0],{"c":"ü"}]}',
    );
  });

  it('is the JSON of any value without parts', () => {
    fc.assert(
      fc.property(fc.object(), (value) => {
        expect(JsonBytes.of(value).bytes.toString()).toBe(JSON.stringify(value));
      }),
    );
  });

  it('shows its value in a log', () => {
    expect(JSON.stringify({ answer: JsonBytes.of({ a: [1] }) })).toBe('{"answer":{"a":[1]}}');
  });
});
