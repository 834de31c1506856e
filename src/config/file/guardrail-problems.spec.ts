import { configurationOf } from '../../../test/support/gateway.js';
import { TemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { UPSTREAM_DEFAULTS } from '../../../test/support/upstream-defaults.js';
import { EnvironmentVariables } from '../environment-variables.js';
import { warningsAbout } from './config-warnings.js';
import { ConfigFileError } from './config-file.error.js';
import { loadConfigFile } from './load-config-file.js';
import { ReadFiles } from './read-files.js';

const MESSAGES = { blockedInputMessaging: 'No.', blockedOutputsMessaging: 'Not said.' };
const LEAST = { id: 'abc', ...MESSAGES, words: ['secret'] };
const HELD_BACK =
  'guardrails.0.regexes.0: streams are held back to the end of each block, because a match may have more than 128 characters';
const BOTH = { input: 'BLOCK', output: 'BLOCK' };

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = new TemporaryDirectory();
  directory.write('words', '# a list\n first word \r\n\nsecond\n');
  directory.write('nothing', '# only a comment\n');
});
afterEach(() => directory[Symbol.dispose]());

async function load(...guardrails: unknown[]) {
  const file = {
    upstreams: { a: { baseUrl: 'http://a' } },
    models: [{ match: '*', route: [{ upstream: 'a' }] }],
    guardrails,
  };
  const path = directory.write('config.yaml', JSON.stringify(file));
  const sources = { path, defaults: UPSTREAM_DEFAULTS, variables: new EnvironmentVariables({}) };
  return (await loadConfigFile(sources, new ReadFiles())).guardrails;
}

async function problemsIn(...guardrails: unknown[]): Promise<readonly string[]> {
  const error: unknown = await load(...guardrails).catch((reason: unknown) => reason);
  return error instanceof ConfigFileError ? error.problems : [];
}

describe('A guardrail', () => {
  it('is read with its defaults', async () => {
    expect(await load(LEAST)).toEqual([
      {
        id: 'abc',
        name: 'abc',
        ...MESSAGES,
        words: { words: ['secret'], actions: BOTH },
        regexes: [],
        pii: [],
        maxMatchCharacters: 128,
      },
    ]);
  });

  it('is read with everything', async () => {
    const [guardrail] =
      (await load({
        id: 'abc',
        name: 'Team_A',
        description: 'For team A',
        versions: ['1', '2'],
        ...MESSAGES,
        words: ['secret'],
        wordsFile: 'words',
        profanityFile: 'words',
        wordsAction: 'NONE',
        regexes: [{ name: 'ticket', pattern: 'T-[0-9]+', action: 'ANONYMIZE', outputAction: 'NONE' }],
        pii: [{ type: 'EMAIL', action: 'ANONYMIZE', inputAction: 'BLOCK' }],
        content: {
          moderation: 'a',
          model: 'omni',
          filters: [{ type: 'HATE', inputStrength: 'LOW', action: 'NONE' }],
          thresholds: { low: 0.1 },
          onFailure: 'allow',
        },
        phoneRegion: 'DE',
        maxMatchCharacters: 64,
      })) ?? [];
    expect(guardrail).toMatchObject({
      name: 'Team_A',
      description: 'For team A',
      versions: ['1', '2'],
      words: { words: ['secret', 'first word', 'second'], actions: { input: 'NONE', output: 'NONE' } },
      profanity: { words: ['first word', 'second'] },
      regexes: [{ name: 'ticket', pattern: 'T-[0-9]+', actions: { input: 'ANONYMIZE', output: 'NONE' } }],
      pii: [{ type: 'EMAIL', actions: { input: 'BLOCK', output: 'ANONYMIZE' } }],
      content: {
        moderation: 'a',
        model: 'omni',
        filters: [
          {
            type: 'HATE',
            strengths: { input: 'LOW', output: 'HIGH' },
            actions: { input: 'NONE', output: 'NONE' },
          },
        ],
        thresholds: { low: 0.1, medium: 0.5, high: 0.8 },
        onFailure: 'allow',
      },
      phoneRegion: 'DE',
      maxMatchCharacters: 64,
    });
  });

  const regexes = (...rules: object[]) => [{ ...LEAST, regexes: rules }];
  const pii = (...types: string[]) => [{ ...LEAST, pii: types.map((type) => ({ type })) }];
  const content = (changes: object) => [
    { ...LEAST, content: { moderation: 'a', filters: [{ type: 'HATE' }], ...changes } },
  ];
  it.each<[guardrails: unknown[], problem: string]>([
    [[{ ...LEAST, id: 'ABC' }], 'guardrails.0.id: must be 1 to 64 lower-case letters and digits'],
    [[LEAST, LEAST], 'guardrails.1.id: is that of guardrails.0 too'],
    [[{ id: 'abc', ...MESSAGES }], 'guardrails.0: examines nothing'],
    [[{ id: 'abc', ...MESSAGES, words: [] }], 'guardrails.0: examines nothing'],
    [[{ id: 'abc', words: ['a'] }], 'guardrails.0.blockedInputMessaging: is missing'],
    [
      [{ ...LEAST, versions: ['DRAFT'] }],
      'guardrails.0.versions: each value must be a number from "1" to "99999999"',
    ],
    [[{ ...LEAST, wordsFile: 'absent' }], 'guardrails.0.wordsFile: cannot be read (ENOENT)'],
    [[{ ...LEAST, profanityFile: 'nothing' }], 'guardrails.0.profanityFile: has no words'],
    [
      [{ ...LEAST, wordsAction: 'ANONYMIZE' }],
      'guardrails.0.wordsAction: must be one of the following values: BLOCK, NONE',
    ],
    [regexes({ name: 'a' }), 'guardrails.0.regexes.0.pattern: is missing'],
    [
      regexes({ name: 'a', pattern: '(?=b)' }),
      'guardrails.0.regexes.0.pattern: is no regular expression of RE2, which has no lookaround and no backreferences',
    ],
    [regexes({ name: 'a', pattern: 'b*' }), 'guardrails.0.regexes.0.pattern: matches the empty text'],
    [
      regexes({ name: 'a', pattern: 'b' }, { name: 'a', pattern: 'c' }),
      'guardrails.0.regexes.1.name: stands here twice',
    ],
    [
      pii('NAME'),
      'guardrails.0.pii.0.type: NAME has no form by which it can be recognised; it needs a recogniser, and the proxy has none',
    ],
    [pii('EMAIL', 'EMAIL'), 'guardrails.0.pii.1.type: EMAIL stands here twice'],
    [content({ moderation: 'b' }), 'guardrails.0.content.moderation: there is no upstream "b"'],
    [
      content({ filters: [{ type: 'PROMPT_ATTACK' }] }),
      'guardrails.0.content.filters.0.type: PROMPT_ATTACK needs a model that recognises it, which moderations are not',
    ],
    [content({ filters: [] }), 'guardrails.0.content.filters: should not be empty'],
    [
      content({ thresholds: { low: 0.9 } }),
      'guardrails.0.content.thresholds: must not fall from low to high',
    ],
    [
      [{ ...LEAST, topics: [] }],
      'guardrails.0.topics: needs a model that recognises it, and the proxy has none',
    ],
    [
      [{ ...LEAST, contextualGrounding: {} }],
      'guardrails.0.contextualGrounding: needs a model that recognises it, and the proxy has none',
    ],
    [[], 'guardrails: should not be empty'],
  ])('%j is refused: %s', async (guardrails, problem) => {
    expect(await problemsIn(...guardrails)).toContain(problem);
  });

  it.each([
    ['T-[0-9]{4}', []],
    ['T-[0-9]+', [HELD_BACK]],
    ['[0-9]{65}', [HELD_BACK]],
  ])('with the expression %s has the warnings %j', async (pattern, warnings) => {
    const guardrails = await load({ ...LEAST, regexes: [{ name: 'a', pattern }] });
    const configuration = { ...configurationOf(), guardrails };
    expect(warningsAbout(configuration)).toEqual(warnings);
  });

  it('may not look for a type that nobody knows', async () => {
    const [problem] = await problemsIn(...pii('SHOE_SIZE'));
    expect(problem).toMatch(
      /^guardrails\.0\.pii\.0\.type: must be one of the following values: AWS_ACCESS_KEY, /,
    );
  });
});
