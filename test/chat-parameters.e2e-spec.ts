import { readFileSync } from 'node:fs';
import type { ChatCompletionCreateParamsBase } from 'openai/resources/chat/completions/completions';
import { textCompletion } from './support/answers.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

type Fate = 'same' | 'mapped' | 'answered' | 'reported';
type Member = Exclude<keyof ChatCompletionCreateParamsBase, symbol | number>;

/** A value of each member of the `openai` package's request: a new member does not compile until it is here. */
const VALUES = {
  messages: [{ role: 'user', content: 'Hello.' }],
  model: 'm',
  audio: { format: 'wav', voice: 'ash' },
  frequency_penalty: 0.5,
  function_call: 'auto',
  functions: [{ name: 'weather' }],
  logit_bias: { '1': 5 },
  logprobs: true,
  max_completion_tokens: 5,
  max_tokens: 5,
  metadata: { team: 'a' },
  modalities: ['text'],
  moderation: { model: 'omni-moderation-latest' },
  n: 1,
  parallel_tool_calls: true,
  prediction: { type: 'content', content: 'a' },
  presence_penalty: 0.5,
  prompt_cache_key: 'k',
  prompt_cache_options: { mode: 'implicit' },
  prompt_cache_retention: '24h',
  reasoning_effort: 'low',
  response_format: { type: 'json_object' },
  safety_identifier: 'a',
  seed: 7,
  service_tier: 'flex',
  stop: ['a'],
  store: false,
  stream: false,
  stream_options: null,
  temperature: 1.5,
  tool_choice: 'auto',
  tools: [{ type: 'function', function: { name: 'weather' } }],
  top_logprobs: 1,
  top_p: 0.5,
  user: 'a',
  verbosity: 'low',
  web_search_options: {},
} as const satisfies Record<Member, unknown>;

const FATES: readonly Fate[] = ['same', 'mapped', 'answered', 'reported'];
const rows = readRows('docs/invoke-model/openai-chat.md');

function readRows(file: string): Map<string, string> {
  const cells = /^\| `([^`]+)` +\| (\w+) +\| .*\|$/gm;
  return new Map(
    [...readFileSync(file, 'utf8').matchAll(cells)].map(([, path = '', fate = '']) => [path, fate]),
  );
}

describe('docs/invoke-model/openai-chat.md', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start();
    service.upstream.answerWith(answerJson(textCompletion('Hello.')));
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => {
    service.upstream.requests.length = 0;
  });

  it.each(Object.entries(VALUES))('tells what becomes of %s', async (member, value) => {
    const fate = rows.get(member);
    expect(FATES).toContain(fate);
    const response = await fetch(`${service.url}/openai/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'm', messages: VALUES.messages, [member]: value }),
    });
    const reported = response.headers.get('x-proxy-ignored-parameters');
    expect([response.status, reported]).toEqual([200, fate === 'reported' ? member : null]);
    const [sent] = service.upstreamRequests as Record<string, unknown>[];
    if (fate === 'same') expect(sent).toMatchObject({ [member]: value });
    if (fate === 'reported') expect(sent).not.toHaveProperty(member);
    if (fate === 'mapped') expect(Object.values(sent ?? {})).toContainEqual(value);
  });

  it('tells nothing of members that nobody sends', () => {
    const further = [...rows.keys()].filter((path) => !path.includes('.') && !(path in VALUES));
    expect(further).toEqual(['top_k', 'amazon-bedrock-guardrailConfig']);
  });
});
