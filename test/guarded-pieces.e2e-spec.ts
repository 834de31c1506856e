import fc from 'fast-check';
import { chunk, ending, textCompletion } from './support/answers.js';
import { decodeEventStream } from './support/event-stream.js';
import { GUARDRAIL, GUARDRAIL_HEADERS } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const NUM_RUNS = 60;
const USER = [{ role: 'user', content: 'Hello' }];
const CONVERSE = {
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  guardrailConfig: { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT', streamProcessingMode: 'sync' },
};

const suite = guardedSuite();

/** One way to ask for the same text, whole and in pieces. */
interface Door {
  readonly name: string;
  /** The text of the whole answer. */
  readonly whole: () => Promise<string>;
  /** The text of each delta of a stream. */
  readonly deltas: () => Promise<string[]>;
}

const textAt = (value: unknown, ...path: (string | number)[]): string => {
  let found: unknown = value;
  for (const key of path) found = Reflect.get(Object(found), key);
  return typeof found === 'string' ? found : '';
};

const invoke = (operation: string, body: object): Promise<Response> =>
  suite.service.post('anthropic.claude-x', operation, {
    headers: GUARDRAIL_HEADERS,
    body: JSON.stringify(body),
  });
const chat = (body: object): Promise<Response> =>
  fetch(`${suite.service.proxy.url}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: GUARDRAIL_HEADERS,
    body: JSON.stringify({ model: 'm', messages: USER, ...body }),
  });
const CLAUDE = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: USER };

const DOORS: readonly Door[] = [
  {
    name: 'Converse',
    whole: async () => {
      const { body } = await suite.service.converse('m', CONVERSE);
      return textAt(body, 'output', 'message', 'content', 0, 'text');
    },
    deltas: async () => {
      const events = await suite.service.converseStream('m', CONVERSE);
      return events.map((event) => textAt(event, 'contentBlockDelta', 'delta', 'text'));
    },
  },
  {
    name: 'InvokeModel',
    whole: async () => textAt(await (await invoke('invoke', CLAUDE)).json(), 'content', 0, 'text'),
    deltas: async () => {
      const response = await invoke('invoke-with-response-stream', CLAUDE);
      const events = decodeEventStream(new Uint8Array(await response.arrayBuffer()));
      return events.map((event) => {
        const bytes = Buffer.from(textAt(event, 'chunk', 'bytes'), 'base64').toString();
        return textAt(JSON.parse(bytes), 'delta', 'text');
      });
    },
  },
  {
    name: 'a chat completion',
    whole: async () => textAt(await (await chat({})).json(), 'choices', 0, 'message', 'content'),
    deltas: async () => {
      const text = await (await chat({ stream: true })).text();
      return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '{}']) =>
        textAt(JSON.parse(data), 'choices', 0, 'delta', 'content'),
      );
    },
  },
];

const part = fc.constantFrom(
  'Hello there. ',
  'How are you? ',
  'ana@example.com',
  'T-1234',
  'T-12345',
  'unforbidden ',
  'project y ',
  'https://example.com/a?b=c',
  '12-34-56',
  ' ',
  '日本語です。',
  '\n',
  'x'.repeat(150),
  '😀',
  '.',
);
const blocked = fc.constantFrom('forbidden', 'project x', 'Project  X', '123-45-6789');
const parts = fc.array(part, { minLength: 1, maxLength: 12 });
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });

/** The upstream writes the text, whole or in these pieces. */
function writes(text: string, lengths: readonly number[]): { whole: () => void; inPieces: () => void } {
  const pieces: string[] = [];
  let position = 0;
  for (const length of lengths) {
    pieces.push(text.slice(position, position + length));
    position += length;
  }
  const written = [...pieces, text.slice(position)].filter((piece) => piece !== '');
  const chunks = [...written.map((content) => chunk({ content })), ...ending('stop')];
  return {
    whole: () => suite.service.answerWith({ model: answerJson(textCompletion(text)) }),
    inPieces: () => suite.service.answerWith({ model: answerChunks(chunks) }),
  };
}

describe.each(DOORS)('However the text of a model is split, by $name', ({ whole, deltas }) => {
  it('its deltas join to the masked text of the whole answer', async () => {
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (texts, lengths) => {
        const upstream = writes(texts.join(''), lengths);
        upstream.whole();
        const expected = await whole();
        upstream.inPieces();
        expect((await deltas()).join('')).toBe(expected);
      }),
      { numRuns: NUM_RUNS },
    );
  });

  it('nothing that is blocked leaves in any delta', async () => {
    await fc.assert(
      fc.asyncProperty(parts, blocked, sizes, async (texts, secret, lengths) => {
        const before = `${texts.join('')} `;
        writes(before, []).whole();
        const masked = await whole();
        writes(`${before}${secret} and more of it. `, lengths).inPieces();
        const sent = (await deltas()).join('');
        // what came before the blocked text, or the message in place of everything
        const isPrefix = sent !== '' && masked.startsWith(sent);
        expect({ sent, isAllowed: sent === GUARDRAIL.blockedOutputsMessaging || isPrefix }).toEqual({
          sent,
          isAllowed: true,
        });
      }),
      { numRuns: NUM_RUNS },
    );
  });
});
