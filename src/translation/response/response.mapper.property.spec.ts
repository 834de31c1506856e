import fc from 'fast-check';
import { targetOf } from '../../../test/support/upstream-target.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import { UpstreamError } from '../../openai/upstream.error.js';
import { ResponseMapper } from './response.mapper.js';

const NAMES =
  'content reasoning reasoning_content reasoning_details thinking_blocks tool_calls function_call function id ' +
  'name arguments text type thinking custom input audio transcript refusal extra_content google index error ' +
  'thought_signature signature usage prompt_tokens prompt_tokens_details cached_tokens finish_reason choices';
const member = fc.constantFrom(...NAMES.split(' '));
const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('stop', 'length', 'tool_calls', 'error', 'thinking', '{}', '{"a":', '', 'f', null),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(member, tie('tree'), { maxKeys: 5 }),
  ),
}));
const called = fc.record({ name: fc.oneof(fc.string(), leaf), arguments: leaf });
const toolCall = fc.oneof(fc.record({ id: fc.oneof(fc.string(), leaf), function: called }), tree);
const message = fc.oneof(
  fc.record({ content: leaf, reasoning: leaf, tool_calls: fc.array(toolCall, { maxLength: 3 }) }),
  fc.dictionary(member, tree),
);
const choice = fc.record({ message, finish_reason: leaf });
const answer = fc.oneof(tree, fc.record({ choices: fc.oneof(fc.array(choice), tree), usage: tree }));

const block = {
  text: (text: unknown) => expect(text).toMatch(/[^]/),
  toolUse: (toolUse: unknown) =>
    expect(toolUse).toEqual({
      toolUseId: expect.stringMatching(/^[a-zA-Z0-9_.:-]{1,64}$/) as unknown,
      name: expect.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/) as unknown,
      input: expect.any(Object) as unknown,
    }),
  reasoningContent: (reasoning: unknown) =>
    expect(reasoning).toEqual({
      reasoningText: {
        text: expect.stringMatching(/[^]/) as unknown,
        signature: expect.stringMatching(/^brp1\.[\w-]+$/) as unknown,
      },
    }),
};
const STOP_REASONS = 'end_turn tool_use max_tokens stop_sequence content_filtered malformed_tool_use'.split(
  ' ',
);

/** Maps, writes and checks. */
function mapAndCheck(body: unknown): void {
  const mapper = new ResponseMapper({
    unsupportedParameters: 'ignore',
    newToolUseId: () => 'tooluse_1',
    digest: () => new Uint8Array(32),
  });
  const target = targetOf('generic', { model: 'm' });
  const toolConfig = { tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }] };
  const request = { additionalModelResponseFieldPaths: ['/choices/0/message', '/usage'], toolConfig };
  // an assertion at a boundary: an upstream may send anything
  const response = mapper.map(body as ChatCompletionAnswer, request, target, 5);
  // what cannot be written cannot be sent
  const { output, stopReason } = JSON.parse(JSON.stringify(response)) as typeof response;
  expect(STOP_REASONS).toContain(stopReason);
  for (const [name, value] of output.message.content.flatMap((entry) => Object.entries(entry))) {
    expect(Object.keys(block)).toContain(name);
    block[name as keyof typeof block](value);
  }
}

describe('any JSON as the answer', () => {
  it('becomes an answer that can be sent, or an UpstreamError', () => {
    fc.assert(
      fc.property(answer, (body) => {
        try {
          mapAndCheck(body);
        } catch (error) {
          if (!(error instanceof UpstreamError)) throw error;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not overflow the stack at any depth', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const fields = ['content', 'thinking_blocks', 'reasoning_details', 'tool_calls'];
    for (const field of fields) {
      const entry = `{"text":${deep},"thinking":${deep},"function":{"name":"f","arguments":{"a":${deep}}}}`;
      const body: unknown = JSON.parse(
        `{"choices":[{"message":{"reasoning":"Hm.","${field}":[${deep},${entry}]}}],"usage":${deep}}`,
      );
      expect(() => mapAndCheck(body)).not.toThrow();
    }
  });
});
