import type OpenAI from 'openai';
import { chunk, ending, textChunks } from './support/answers.js';
import { openAIClient } from './clients/openai-client.js';
import { GUARDRAIL, GUARDRAIL_HEADERS } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerChunks } from './support/scripted-upstream.js';

const ACTION = 'amazon-bedrock-guardrailAction';
const { blockedInputMessaging: NOT_ASKED, blockedOutputsMessaging: NOT_SAID } = GUARDRAIL;

const suite = guardedSuite();
let client: OpenAI;

beforeAll(() => {
  client = openAIClient(suite.service.proxy.url, { defaultHeaders: GUARDRAIL_HEADERS });
});

const user = (content: string) => ({ role: 'user' as const, content });

async function streamed(more: object = {}, headers: Record<string, string> = {}) {
  const stream = await client.chat.completions.create(
    { model: 'm', messages: [user('Hello')], stream: true, ...more },
    { headers },
  );
  const chunks = await Array.fromAsync(stream);
  const choices = chunks.flatMap((each) => each.choices);
  return {
    chunks,
    text: choices.map(({ delta }) => delta.content ?? '').join(''),
    finishes: choices.flatMap(({ finish_reason: finish }) => finish ?? []),
    action: Reflect.get(Object(chunks.at(-1)), ACTION) as unknown,
  };
}

describe("A guarded stream of OpenAI's SDK", () => {
  it.each<[name: string, pieces: string[], text: string, finish: string, action: string]>([
    [
      'says the same when nothing is found',
      ['Hello', ' there. How', ' are you?'],
      'Hello there. How are you?',
      'stop',
      'NONE',
    ],
    [
      'is masked, wherever the deltas end',
      ['Ask ana', '@exam', 'ple.com or T-', '1234 now.'],
      'Ask {EMAIL} or {ticket} now.',
      'stop',
      'INTERVENED',
    ],
    [
      'ends with the message when nothing was sent',
      ['for', 'bidden words', ' and more'],
      NOT_SAID,
      'content_filter',
      'INTERVENED',
    ],
  ])('%s', async (_, ...[pieces, text, finish, action]) => {
    suite.service.answerWith({ model: answerChunks(textChunks(...pieces)) });
    const answer = await streamed();
    expect(answer).toMatchObject({ text, finishes: [finish], action });
  });

  it('ends without another word when some was sent before', async () => {
    const before = 'This is fine. '.repeat(40);
    suite.service.answerWith({
      model: answerChunks(textChunks(before, 'Then for', 'bidden words', ' and more')),
    });
    const { text, finishes } = await streamed();
    expect(text).not.toBe('');
    expect(before.startsWith(text)).toBe(true);
    expect(finishes).toEqual(['content_filter']);
  });

  it('tells usage in a chunk of its own, and the action in the last chunk', async () => {
    suite.service.answerWith({ model: answerChunks(textChunks('Hi')) });
    const { chunks } = await streamed({ stream_options: { include_usage: true } });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 11 }, [ACTION]: 'NONE' });
  });

  it('is not begun when the request is blocked', async () => {
    const { text, finishes, action } = await streamed({ messages: [user('forbidden')] });
    expect({ text, finishes, action }).toEqual({
      text: NOT_ASKED,
      finishes: ['content_filter'],
      action: 'INTERVENED',
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it('holds back no calls of tools, and copies no text of a choice', async () => {
    const call = { index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
    const copied = { ...chunk({ content: 'forb' }) };
    Object.assign((copied['choices'] as object[])[0] ?? {}, {
      message: { content: 'forb' },
      logprobs: { content: [{ token: 'forb' }] },
    });
    suite.service.answerWith({
      model: answerChunks([
        copied,
        chunk({ tool_calls: [call] }),
        chunk({ content: 'idden' }),
        ...ending('tool_calls'),
      ]),
    });
    const { chunks, finishes } = await streamed();
    expect(chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])).toEqual([call]);
    expect(finishes).toEqual(['content_filter']);
    expect(JSON.stringify(chunks)).not.toContain('forb');
  });

  it('fails as any other when the upstream breaks', async () => {
    const error = { error: { message: 'broken', code: 500 } };
    suite.service.answerWith({ model: answerChunks([chunk({ content: 'Hi there. ' }), error]) });
    await expect(streamed()).rejects.toThrow();
  });
});
