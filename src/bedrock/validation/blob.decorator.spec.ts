import fc from 'fast-check';
import { isBase64 } from './blob.decorator.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A little more than two pieces, the length at which a check by pieces could fail. */
const LONG = 'AQID'.repeat(33_000);

describe('isBase64', () => {
  it.each([
    ['nothing', ''],
    ['no padding', 'AQID'],
    ['one sign of padding', 'AQI='],
    ['two signs of padding', 'AQ=='],
    ['the whole alphabet', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'],
    ['bits beyond the last byte', 'AR=='],
    ['many pieces', LONG],
    ['many pieces and padding', `${LONG}AQ==`],
  ])('accepts %s', (_, text) => {
    expect(isBase64(text)).toBe(true);
  });

  it.each([
    ['a length that is no multiple of four', 'AQIDA'],
    ['missing padding', 'AQ'],
    ['too much padding', 'A==='],
    ['padding alone', '===='],
    ['padding in the middle', 'AQ==AQID'],
    ['a sign after padding', 'AA=A'],
    ['the URL alphabet', 'AQ-_'],
    ['white space', 'AQ D'],
    ['line breaks', 'AQID\r\n\r\n'],
    ['a sign of another script', 'AQIé'],
    ['a sign whose low byte would do', 'AQI\u0141'],
    ['a data URI', 'data:image/png;base64,AQ=='],
    ['a bad sign at the end of many pieces', `${LONG}AQI!`],
    ['padding at the end of a piece', `${'A'.repeat(65_534)}==${LONG}`],
  ])('refuses %s', (_, text) => {
    expect(isBase64(text)).toBe(false);
  });

  it('agrees with the definition for any text', () => {
    const sign = fc.constantFrom(...'A Z a z 0 9 + / = - _ ! \n é \u0141'.split(' '), ' ');
    const text = fc.oneof(
      fc.string({ unit: sign, maxLength: 12 }),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    );
    fc.assert(
      fc.property(text, (candidate) => isBase64(candidate) === BASE64.test(candidate)),
      { numRuns: 3000 },
    );
  });
});
