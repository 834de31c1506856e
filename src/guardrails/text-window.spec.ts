import fc from 'fast-check';
import type { GuardrailSettings } from '../config/guardrail.js';
import { compilePolicy, type GuardrailPolicy } from './policy.js';
import { examine } from './examine.js';
import { maskText } from './mask.js';
import { TextWindow } from './text-window.js';

const MASK = { input: 'ANONYMIZE', output: 'ANONYMIZE' } as const;
const BLOCK = { input: 'BLOCK', output: 'BLOCK' } as const;
const SETTINGS: GuardrailSettings = {
  id: 'abc',
  name: 'abc',
  blockedInputMessaging: 'No.',
  blockedOutputsMessaging: 'Not said.',
  words: { words: ['forbidden plan'], actions: BLOCK },
  regexes: [{ name: 'ticket', pattern: String.raw`\bT-\d{1,6}\b`, actions: MASK }],
  pii: [
    { type: 'EMAIL', actions: MASK },
    { type: 'CREDIT_DEBIT_CARD_NUMBER', actions: MASK },
    { type: 'INTERNATIONAL_BANK_ACCOUNT_NUMBER', actions: MASK },
    { type: 'URL', actions: MASK },
    { type: 'US_SOCIAL_SECURITY_NUMBER', actions: MASK },
  ],
  maxMatchCharacters: 128,
};

let policy: GuardrailPolicy;

beforeAll(async () => {
  policy = await compilePolicy(SETTINGS);
});

/** What a window releases of a text in pieces: until something is blocked. */
async function pass(pieces: readonly string[], window = new TextWindow(policy)) {
  let text = '';
  let masked = '';
  const take = async (isEnd: boolean): Promise<boolean> => {
    for (;;) {
      const released = await window.release(isEnd);
      if (released === undefined) return false;
      if (released.isBlocked) return true;
      text += released.text;
      masked += released.masked;
    }
  };
  for (const piece of pieces) {
    window.add(piece);
    if (await take(false)) return { text, masked, isBlocked: true };
  }
  const isBlocked = await take(true);
  return { text, masked, isBlocked };
}

function split(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  let position = 0;
  for (const size of sizes) {
    pieces.push(text.slice(position, position + size));
    position += size;
  }
  return [...pieces, text.slice(position)];
}

const part = fc.constantFrom(
  'Hello there. ',
  'How are you? ',
  'ana@example.com',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  'https://example.com/a?b=c',
  'T-12345',
  '123-45-6789',
  ' ',
  '日本語です。',
  '\n',
  'x'.repeat(150),
  '😀',
  '.',
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });

describe('TextWindow', () => {
  it('masks a text as a whole, however it is split', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 20 }), sizes, async (parts, lengths) => {
        const text = parts.join('');
        const whole = await maskText(text, await examine(text, policy.recognisers), 'output');
        expect(await pass(split(text, lengths))).toEqual({ text, masked: whole, isBlocked: false });
      }),
      { numRuns: 500 },
    );
  });

  it('never releases any of a blocked text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 10 }), sizes, async (parts, lengths) => {
        const before = `${parts.join('')} `;
        const { text, isBlocked } = await pass(split(`${before}forbidden plan goes on.`, lengths));
        expect(isBlocked).toBe(true);
        expect(before.startsWith(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('releases a sentence when nothing can reach it any more', async () => {
    const window = new TextWindow(policy);
    window.add('Hello there. ');
    expect(await window.release(false)).toBeUndefined();
    window.add('This goes on for a while, and for a little more, without an end');
    expect((await window.release(false))?.text).toBe('Hello there.');
    expect(await window.release(false)).toBeUndefined();
  });

  it('releases text of a script without spaces as it comes', async () => {
    const window = new TextWindow(policy);
    window.add('これはとても長い文です。'.repeat(3));
    window.add('続き'.repeat(40));
    expect((await window.release(false))?.text).toBe('これはとても長い文です。'.repeat(3));
  });

  it('holds back an address that has not ended, however long it is', async () => {
    const window = new TextWindow(policy);
    const address = `https://example.com/${'a'.repeat(5_000)}`;
    window.add(`見て ${address.slice(0, 30)}`);
    expect(await window.release(false)).toBeUndefined();
    for (const piece of address.slice(30).match(/.{1,100}/g) ?? []) {
      window.add(piece);
      expect((await window.release(false))?.text ?? '').not.toContain('http');
    }
    window.add(` ${'next '.repeat(100)}`);
    expect((await window.release(false))?.masked).toContain('見て {URL}');
  });

  it('releases long text without sentences in pieces', async () => {
    const window = new TextWindow(policy);
    window.add('word '.repeat(100));
    expect((await window.release(false))?.text.length).toBeGreaterThanOrEqual(200);
  });

  it.each([
    ['without a longest match', String.raw`secret .*end`],
    ['with a longer match than is waited for', 'a{200}'],
  ])('holds a block to its end for an expression %s', async (_, pattern) => {
    const regexes = [{ name: 'long', pattern, actions: MASK }];
    const window = new TextWindow(await compilePolicy({ ...SETTINGS, regexes }));
    window.add('A sentence. '.repeat(200));
    expect(await window.release(false)).toBeUndefined();
    expect((await window.release(true))?.text).toBe('A sentence. '.repeat(200));
    expect(await window.release(true)).toBeUndefined();
  });

  it('releases nothing of a few characters that must be filtered together', async () => {
    const window = new TextWindow(policy, 1_000);
    window.add('A sentence. '.repeat(20));
    expect(await window.release(false)).toBeUndefined();
    window.add('A sentence. '.repeat(100));
    expect((await window.release(false))?.text.length).toBeGreaterThanOrEqual(1_000);
  });
});
