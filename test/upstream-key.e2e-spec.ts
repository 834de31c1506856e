import { chunk, errorBody } from './support/answers.js';
import { decodeEventStream } from './support/event-stream.js';
import { LogLines } from './support/log-lines.js';
import {
  answerJson,
  answerText,
  toServerSentEvent,
  type UpstreamScript,
} from './support/scripted-upstream.js';
import { Service } from './support/service.js';

/** A key without a known form. */
const KEY = 'Up5tream+key/of_nobody~knows';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** A key that looks like a word, as error codes do. */
const CODE = Buffer.from(KEY).toString('base64url');
const FORMS = [
  KEY,
  encodeURIComponent(KEY),
  base64(KEY),
  CODE,
  base64(`proxy:${KEY}`),
  base64(`Bearer ${KEY}`),
  base64(`Authorization: Bearer ${KEY}`),
];
const SAID = FORMS.map((form) => `key ${form}`).join(', ');
const HELLO = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

const log = new LogLines();
let service: Service;

beforeAll(async () => {
  service = await Service.start({ OPENAI_API_KEY: KEY, LOG_LEVEL: 'trace', LOG_PROMPTS: 'true' }, log);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => log.clear());

function streamThat(...events: string[]): UpstreamScript {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(events.join(''));
  };
}

const BEGINNING = toServerSentEvent(chunk({ content: 'Hel' }));
const CHOICE = {
  choices: [{ index: 0, delta: {}, finish_reason: 'error', error: { message: SAID, code: 502 } }],
};

async function ask(operation: string): Promise<{ answer: string; line: Record<string, unknown> }> {
  const response = await fetch(`${service.url}/model/m/${operation}`, { method: 'POST', body: HELLO });
  const bytes = await response.bytes();
  const line = await log.ofRequest(response.headers.get('x-amzn-requestid'));
  const isStream = response.headers.get('content-type') !== 'application/json';
  const answer = isStream ? JSON.stringify(decodeEventStream(bytes)) : Buffer.from(bytes).toString();
  return { answer: answer + JSON.stringify([...response.headers]), line };
}

describe('the key of an upstream that echoes it, however encoded, reaches neither client nor log:', () => {
  it.each<[name: string, operation: string, script: UpstreamScript, isQuoted: boolean]>([
    ['a refusal', 'converse', answerJson(errorBody(SAID), 400), true],
    ['a refusal of a stream', 'converse-stream', answerJson(errorBody(SAID), 400), true],
    ['a refusal in plain text', 'converse', answerText(SAID, 422), true],
    ['a refusal by code', 'converse', answerJson(errorBody('No', { code: CODE, type: SAID }), 400), false],
    ['too many', 'converse', answerJson(errorBody(SAID), 429), true],
    ['a failure', 'converse', answerJson(errorBody(SAID), 500), false],
    ['an error in a 200', 'converse', answerJson({ error: { message: SAID, code: 429 } }), true],
    ['no answer', 'converse', answerText(SAID), false],
    ['no JSON', 'converse', answerText(`{"a":"${SAID}`), false],
    [
      'a redirect',
      'converse',
      answerText('', 307, 'text/plain', { location: `http://a.example/${KEY}` }),
      false,
    ],
    [
      'an error as the first event',
      'converse-stream',
      streamThat(toServerSentEvent(errorBody(SAID, { code: 429 }))),
      true,
    ],
    [
      'an error in a stream',
      'converse-stream',
      streamThat(BEGINNING, toServerSentEvent(errorBody(SAID))),
      true,
    ],
    ['an error of the choice', 'converse-stream', streamThat(BEGINNING, toServerSentEvent(CHOICE)), true],
    ['garbage in a stream', 'converse-stream', streamThat(BEGINNING, `data: {"${SAID}\n\n`), false],
  ])('%s', async (_, operation, script, isQuoted) => {
    service.upstream.answerWith(script);
    const { answer, line } = await ask(operation);
    expect(line['exception']).toEqual(expect.any(String));
    expect(answer.includes('key [redacted]')).toBe(isQuoted);
    expect(FORMS.filter((form) => (answer + log.text).includes(form.replaceAll('=', '')))).toEqual([]);
  });
});
