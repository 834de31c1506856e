import { textChunks } from './support/answers.js';
import { decodeEventStream } from './support/event-stream.js';
import { GUARDED_FILE, GUARDRAIL } from './support/guarded-file.js';
import { promptArn } from './support/prompted-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerChunks } from './support/scripted-upstream.js';

const PROMPT = {
  id: 'GUARDED001',
  name: 'guarded',
  variants: [
    {
      name: 'main',
      templateType: 'CHAT',
      modelId: 'm',
      templateConfiguration: {
        chat: {
          system: [{ text: 'You help {{who}}.' }],
          messages: [
            { role: 'user', content: [{ text: 'Hello' }] },
            { role: 'assistant', content: [{ text: 'You are at {{place}}?' }] },
            { role: 'user', content: [{ text: 'I ask {{question}}.' }] },
          ],
        },
      },
    },
  ],
};
const GUARD = { guardrailIdentifier: 'abc123', guardrailVersion: '1' };
const HEADERS = { 'x-amzn-bedrock-guardrailidentifier': 'abc123', 'x-amzn-bedrock-guardrailversion': '1' };

const suite = guardedSuite({
  ...GUARDED_FILE,
  prompts: [
    PROMPT,
    { ...PROMPT, id: 'GUARDEDNOV', variants: [{ ...PROMPT.variants[0], modelId: 'amazon.nova-x' }] },
  ],
});

interface Values {
  readonly who?: string;
  readonly place?: string;
  readonly question?: string;
}

function variables({ who = 'a', place = 'b', question = 'c' }: Values): object {
  return { promptVariables: { who: { text: who }, place: { text: place }, question: { text: question } } };
}

function sentTexts(): unknown {
  const body = suite.service.upstream('model').lastRequest?.body as
    { messages: { content: unknown }[] } | undefined;
  return body?.messages.map(({ content }) => content);
}

const FORBIDDEN: [place: string, values: Values][] = [
  ['the system prompt', { who: 'the forbidden' }],
  ['a message of the model', { place: 'a forbidden place' }],
  ['a message of the user', { question: 'forbidden things' }],
];
const ADDRESSES = { who: 'a@example.com', place: 'b@example.com', question: 'c@example.com' };
const MASKED = ['You help {EMAIL}.', 'Hello', 'You are at {EMAIL}?', 'I ask {EMAIL}.'];

describe('A guardrail examines what values make of a prompt', () => {
  it.each(FORBIDDEN)('in %s, with Converse', async (_, values) => {
    const { body } = await suite.service.converse(promptArn(PROMPT.id), {
      ...variables(values),
      guardrailConfig: GUARD,
    });
    expect(body).toMatchObject({
      output: { message: { content: [{ text: GUARDRAIL.blockedInputMessaging }] } },
      stopReason: 'guardrail_intervened',
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it.each(FORBIDDEN)('in %s, with ConverseStream', async (_, values) => {
    const events = await suite.service.converseStream(promptArn(PROMPT.id), {
      ...variables(values),
      guardrailConfig: GUARD,
    });
    expect(events).toContainEqual({ messageStop: { stopReason: 'guardrail_intervened' } });
    expect(suite.service.asked['model']).toBe(0);
  });

  it.each(
    FORBIDDEN.flatMap(([place, values]) =>
      ['GUARDED001', 'GUARDEDNOV'].map((id) => [place, id, values] as const),
    ),
  )('in %s, with InvokeModel of %s', async (_, id, values) => {
    const init = { headers: HEADERS, body: JSON.stringify(variables(values)) };
    const answer = await (await suite.service.post(promptArn(id), 'invoke', init)).json();
    expect(answer).toMatchObject({ 'amazon-bedrock-guardrailAction': 'INTERVENED' });
    expect(JSON.stringify(answer)).toContain(GUARDRAIL.blockedInputMessaging);
    expect(suite.service.asked['model']).toBe(0);
  });

  it('and masks it', async () => {
    await suite.service.converse(promptArn(PROMPT.id), { ...variables(ADDRESSES), guardrailConfig: GUARD });
    expect(sentTexts()).toEqual(MASKED);
    for (const id of ['GUARDED001', 'GUARDEDNOV']) {
      const init = { headers: HEADERS, body: JSON.stringify(variables(ADDRESSES)) };
      await (await suite.service.post(promptArn(id), 'invoke', init)).text();
      expect(sentTexts()).toEqual(MASKED);
    }
  });

  it('and the messages that follow it', async () => {
    const messages = [
      { role: 'assistant', content: [{ text: 'forbidden' }] },
      { role: 'user', content: [{ text: 'Go on' }] },
    ];
    const request = { ...variables({}), messages, guardrailConfig: GUARD };
    expect((await suite.service.converse(promptArn(PROMPT.id), request)).body).toMatchObject({
      stopReason: 'guardrail_intervened',
    });
  });

  it('unless a message marks what is examined', async () => {
    const messages = [{ role: 'user', content: [{ guardContent: { text: { text: 'marked' } } }] }];
    const request = { ...variables({ who: 'the forbidden' }), messages, guardrailConfig: GUARD };
    expect((await suite.service.converse(promptArn(PROMPT.id), request)).body).toMatchObject({
      stopReason: 'end_turn',
    });
  });

  it('and the answer', async () => {
    suite.service.answerWith({ model: answerChunks(textChunks('It is forbidden.')) });
    const init = { headers: HEADERS, body: JSON.stringify(variables({})) };
    const response = await suite.service.post(promptArn('GUARDEDNOV'), 'invoke-with-response-stream', init);
    const events = decodeEventStream(await response.bytes());
    const text = events.map((event) => {
      const { bytes = '' } = (event['chunk'] ?? {}) as { bytes?: string };
      return Buffer.from(bytes, 'base64').toString();
    });
    expect(text.join('')).toContain(GUARDRAIL.blockedOutputsMessaging);
    expect(text.join('')).not.toContain('forbidden');
  });
});

describe('An ordinary request', () => {
  it('has a system prompt of its application, which is not examined', async () => {
    const request = {
      system: [{ text: 'a forbidden word' }],
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      guardrailConfig: GUARD,
    };
    expect((await suite.service.converse('m', request)).body).toMatchObject({ stopReason: 'end_turn' });
  });
});
