import { PII_FINDINGS } from '../../../test/guardrails/pii-findings.js';
import { PII_NEAR_MISSES } from '../../../test/guardrails/pii-near-misses.js';
import { PII_TYPES, type PiiType } from '../../config/guardrail.js';
import { examine } from '../examine.js';
import { piiRecognisers } from '../policy.js';

const rows = (table: Readonly<Record<PiiType, readonly string[]>>): [PiiType, string][] =>
  PII_TYPES.flatMap((type) => table[type].map((text): [PiiType, string] => [type, text]));

/** A text with « and » around what is found in it. */
async function marked(type: PiiType, text: string): Promise<string> {
  const findings = await examine(text, await piiRecognisers([type], 'US'));
  let result = '';
  let position = 0;
  for (const { begin, end } of findings) {
    result += `${text.slice(position, begin)}«${text.slice(begin, end)}»`;
    position = end;
  }
  return result + text.slice(position);
}

describe('Sensitive information', () => {
  it.each(rows(PII_FINDINGS))('%s is found in %s', async (type, text) => {
    expect(await marked(type, text.replaceAll(/[«»]/g, ''))).toBe(text);
  });

  it.each(rows(PII_NEAR_MISSES))('%s is not found in %s', async (type, text) => {
    expect(await marked(type, text)).toBe(text);
  });

  it('has enough cases of each type', () => {
    for (const type of PII_TYPES) {
      expect([type, PII_FINDINGS[type].length >= 10, PII_NEAR_MISSES[type].length >= 10]).toEqual([
        type,
        true,
        true,
      ]);
    }
    expect(rows(PII_FINDINGS).length).toBeGreaterThanOrEqual(150);
    expect(rows(PII_NEAR_MISSES).length).toBeGreaterThanOrEqual(150);
  });
});
