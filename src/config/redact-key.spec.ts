import fc from 'fast-check';
import { upstreamOf } from '../../test/support/upstream-target.js';
import { redactKey } from './redact-key.js';

const KEY = 'sk-Up5tream/Key+With~every_sign=';
const upstream = upstreamOf({ apiKey: KEY });
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const lines = (text: string): string => text.replaceAll(/.{16}/g, '$&\r\n');

describe('redactKey', () => {
  it.each([
    ['as it is', KEY],
    ['escaped for JSON', KEY.replaceAll('/', '\\/')],
    ['percent-encoded', encodeURIComponent(KEY)],
    [
      'percent-encoded in lower case',
      encodeURIComponent(KEY).replaceAll(/%../g, (code) => code.toLowerCase()),
    ],
    ['in hex', Buffer.from(KEY).toString('hex')],
    ['in HEX', Buffer.from(KEY).toString('hex').toUpperCase()],
    ['in base64', base64(KEY)],
    ['in base64url', base64url(KEY)],
    ['in base64, percent-encoded', encodeURIComponent(base64(KEY)).replaceAll('%3D', '=')],
    ['in base64, escaped for JSON', base64(KEY).replaceAll('/', '\\/')],
    ['in base64 of several lines', lines(base64(KEY))],
    ['in base64 of several lines in JSON', JSON.stringify(lines(base64(KEY))).slice(1, -1)],
    ['as a password', base64(`user:${KEY}`)],
    ['as a user', base64(`${KEY}:`)],
    ['with its scheme', base64(`Bearer ${KEY}`)],
    ['with its header', base64url(`Authorization: Bearer ${KEY}\r\n`)],
    ['within JSON', base64(JSON.stringify({ a: 1, apiKey: KEY, b: 2 }))],
  ])('removes a key %s', (_, form) => {
    expect(redactKey(`Key "${form}" is wrong; ${form}.`, upstream)).toBe(
      'Key "[redacted]" is wrong; [redacted].',
    );
  });

  it('removes a key in base64 with any text around it', () => {
    const around = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(around, around, fc.constantFrom('base64', 'base64url'), (before, behind, encoding) => {
        const encoded = Buffer.from(before + KEY + behind).toString(encoding);
        expect(redactKey(`a ${encoded} b`, upstream)).toBe('a [redacted] b');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['as it is', KEY],
    ['in base64', base64(KEY)],
    ['in base64 behind others', base64(`a${KEY}`).slice(2)],
  ])('leaves fewer than six characters of a key that was truncated: %s', (_, form) => {
    for (let length = 6; length < form.length; length += 1) {
      expect(redactKey(`Key ${form.slice(0, length)}`, upstream)).toBe('Key [redacted]');
    }
    expect(redactKey(`Key ${form.slice(0, 5)}`, upstream)).toBe(`Key ${form.slice(0, 5)}`);
  });

  it.each([
    ['another key', `Key ${base64('sk-another/Key+With~every_sign=')} is wrong`],
    ['a beginning of it elsewhere', `Key ${KEY.slice(0, 12)} is wrong`],
    ['nothing', ''],
  ])('does not change %s', (_, text) => {
    expect(redactKey(text, upstream)).toBe(text);
  });

  it.each([undefined, '', 'none', 'EMPTY', 'ollama'])('does not treat %p as a secret', (apiKey) => {
    const text = `ollama: none of ${base64(`${apiKey}`)} is EMPTY`;
    expect(redactKey(text, { apiKey })).toBe(text);
  });

  it.each(['c2st', 'A', KEY.slice(0, -1), base64(KEY).slice(0, -4), '\n'])(
    'takes linear time for %j repeated',
    (part) => {
      const text = part.repeat(1_000_000 / part.length);
      const start = process.cpuUsage();
      redactKey(text, upstream);
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
    },
  );
});
