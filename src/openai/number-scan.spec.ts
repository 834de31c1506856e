import fc from 'fast-check';
import { scanNumbers } from './number-scan.js';

const scan = (json: string, start = 0) => scanNumbers(Buffer.from(json), start);

describe('scanNumbers', () => {
  it.each<[json: string, length: number]>([
    ['[0]', 1],
    ['[-0.0]', 1],
    ['[ 1 ,\t-2.50,\r\n3e4 ]', 3],
    ['[1E+05,1e-400,1.5E-3]', 3],
    [`[${'1'.repeat(197)}e99]`, 1],
  ])('accepts %j', (json, length) => {
    expect(scan(json)).toEqual({ end: json.length, length });
  });

  it('reads one list among others', () => {
    expect(scan('{"a":[1,2],"b":[3]}', 5)).toEqual({ end: 10, length: 2 });
  });

  it.each([
    ['no number', '[]'],
    ['an end', '[1,2'],
    ['an end of its number', '[1'],
    ['nothing at all', '['],
    ['a number after a comma', '[1,]'],
    ['a comma', '[1 2]'],
    ['digits after a point', '[1.]'],
    ['digits before a point', '[.5]'],
    ['digits after a sign', '[-]'],
    ['an exponent', '[1e]'],
    ['an exponent after its sign', '[1e+]'],
    ['a number without a leading zero', '[01]'],
    ['a number without a plus', '[+1]'],
    ['numbers alone', '[1,null]'],
    ['numbers alone', '[1,"2"]'],
    ['numbers alone', '[1,[2]]'],
    ['numbers alone', '[1,NaN]'],
    ['numbers alone', '[1,Infinity]'],
    ['finite numbers alone', '[1e999]'],
    ['plainly finite numbers', '[1e100]'],
    ['plainly finite numbers', `[${'1'.repeat(201)}]`],
    ['other white space', '[\u00a01]'],
  ])('leaves to JSON.parse what has not %s: %s', (_what, json) => {
    expect(scan(json)).toBeUndefined();
  });

  it('accepts only what JSON.parse makes a list of finite numbers, to its end', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0129.-+eE, ]'.split('')), maxLength: 12 });
    fc.assert(
      fc.property(text, (numbers) => {
        const scanned = scan(`[${numbers}`);
        if (scanned === undefined) return;
        const values = JSON.parse(`[${numbers}`.slice(0, scanned.end)) as number[];
        expect(values).toHaveLength(scanned.length);
        expect(values.every((value) => Number.isFinite(value))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('accepts every list of plainly finite numbers that JSON.stringify writes', () => {
    const number = fc.double({ noNaN: true, min: -1e90, max: 1e90 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const json = JSON.stringify(values);
        expect(scan(json)).toEqual({ end: json.length, length: values.length });
      }),
    );
  });
});
