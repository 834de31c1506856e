import fc from 'fast-check';
import { JsonBytes } from './json-bytes.js';

describe('JsonBytes.of', () => {
  it('copies the bytes of its parts as they stand', () => {
    const part = new JsonBytes(Buffer.from('[1.50, 2e0]'));
    expect(JsonBytes.of({ a: part, b: [part, { c: 'ü' }] }).bytes.toString()).toBe(
      '{"a":[1.50, 2e0],"b":[[1.50, 2e0],{"c":"ü"}]}',
    );
  });

  it('copies nothing: the bytes of its parts are its own', () => {
    const bytes = Buffer.from('[1]');
    const outer = JsonBytes.of({ a: JsonBytes.of({ b: new JsonBytes(bytes, Buffer.from(' ')) }) });
    expect(outer.bytes.toString()).toBe('{"a":{"b":[1] }}');
    expect(outer.parts.filter((part) => part === bytes)).toHaveLength(1);
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
