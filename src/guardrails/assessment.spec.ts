import { toAssessment } from './assessment.js';
import { examine } from './examine.js';
import { compilePolicy } from './policy.js';
import { Tally } from './tally.js';

const BOTH = { input: 'BLOCK', output: 'BLOCK' } as const;
const SETTINGS = {
  id: 'x',
  name: 'x',
  blockedInputMessaging: 'No.',
  blockedOutputsMessaging: 'No.',
  words: { words: ['forbidden'], actions: BOTH },
  regexes: [{ name: 'number', pattern: String.raw`\d+`, actions: BOTH }],
  pii: [{ type: 'EMAIL', actions: BOTH }] as const,
  maxMatchCharacters: 128,
};

async function assessmentOf(...texts: string[]) {
  const policy = await compilePolicy(SETTINGS);
  const assessed = [];
  for (const text of texts) {
    const findings = await examine(text, policy.recognisers);
    assessed.push({ text, masked: text, isGuarded: true, tally: await Tally.of(text, findings) });
  }
  const verdict = {
    side: 'input' as const,
    decision: 'blocked' as const,
    texts: assessed,
    filters: [],
    images: 0,
    isUnfiltered: false,
  };
  return toAssessment(verdict, policy, false);
}

describe('An assessment', () => {
  it('shows each match of a rule once, of all texts', async () => {
    expect(await assessmentOf('1 forbidden 2 Forbidden', '2 forbidden a@example.com')).toEqual({
      wordPolicy: {
        customWords: [
          { match: 'forbidden', action: 'BLOCKED', detected: true },
          { match: 'Forbidden', action: 'BLOCKED', detected: true },
        ],
        managedWordLists: [],
      },
      sensitiveInformationPolicy: {
        piiEntities: [{ match: 'a@example.com', type: 'EMAIL', action: 'BLOCKED', detected: true }],
        regexes: ['1', '2'].map((match) => ({
          name: 'number',
          match,
          regex: String.raw`\d+`,
          action: 'BLOCKED',
          detected: true,
        })),
      },
    });
  });

  it('shows the first thousand findings of a rule, and does not hide those of another', async () => {
    const numbers = Array.from({ length: 1_500 }, (_, index) => String(index)).join(' ');
    const assessment = await assessmentOf(`${numbers} forbidden`);
    const matches = assessment.sensitiveInformationPolicy?.regexes.map(({ match }) => match);
    expect([matches?.length, matches?.at(0), matches?.at(-1)]).toEqual([1_000, '0', '999']);
    expect(assessment.wordPolicy?.customWords).toHaveLength(1);
  });
});
