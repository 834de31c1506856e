import type { ContentBlockDto } from '../bedrock/converse/content-block.dto.js';
import type { DialectName } from '../config/dialect-names.js';
import { mapRequest, HELLO } from '../../test/support/map-request.js';
import { blocksInLegalOrder, type StreamedBlock } from '../../test/support/legal-order.js';
import { chunk, finish, mapStream, toolCalls } from '../../test/support/stream-mapping.js';
import { targetOf } from '../../test/support/upstream-target.js';
import type { MessageAnswer } from '../openai/chat-completion.js';
import { ResponseMapper } from './response/response.mapper.js';

const ENCRYPTED = { type: 'reasoning.encrypted', data: 'AQID', id: 'r1', format: 'x', index: 0 };
const SUMMARY = { type: 'reasoning.summary', summary: 'Hm.', format: 'x', index: 0 };
const LATER = { ...ENCRYPTED, index: 1 };
const REDACTED = { type: 'redacted_thinking', data: 'AQID' };
const CALL = { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } };

/** The content of an answer. */
function contentOf(message: MessageAnswer, dialect: DialectName): ContentBlockDto[] {
  const mapper = new ResponseMapper({
    unsupportedParameters: 'ignore',
    newToolUseId: () => 'tooluse_1',
    digest: () => new Uint8Array(32),
  });
  const completion = { choices: [{ index: 0, finish_reason: 'stop', message }] };
  return mapper.map(completion, {}, targetOf(dialect), 5).output.message.content;
}

/** The content that a client assembles from a stream. */
async function streamedContent(deltas: readonly unknown[], dialect: DialectName): Promise<ContentBlockDto[]> {
  const chunks = [...deltas.map((delta) => chunk(delta)), finish('stop')];
  const { events } = await mapStream([chunks], { target: targetOf(dialect) });
  return blocksInLegalOrder(events).map(toContentBlock);
}

function toContentBlock({ kind, text, signature, toolUseId, name }: StreamedBlock): ContentBlockDto {
  if (kind === 'text') return { text };
  if (kind === 'reasoning') return { reasoningContent: { reasoningText: { text, signature } } };
  return { toolUse: { toolUseId: toolUseId ?? '', name: name ?? '', input: JSON.parse(text) } };
}

/** The message that the upstream gets on the next turn for that content. */
function replayed(content: ContentBlockDto[], dialect: DialectName): Record<string, unknown> {
  const result = { toolResult: { toolUseId: 'a', content: [{ text: 'ok' }] } };
  const answer = content.some(({ toolUse }) => toolUse != null)
    ? { role: 'user' as const, content: [result] }
    : HELLO;
  const messages = [HELLO, { role: 'assistant' as const, content }, answer];
  return { ...mapRequest({ messages }, dialect).params.messages[1] };
}

const kinds = (content: ContentBlockDto[]) => content.flatMap((block) => Object.keys(block));
const DETAILS = { reasoning_details: [ENCRYPTED] };

describe('encrypted reasoning without a text', () => {
  it.each<[string, MessageAnswer, DialectName, string[], object]>([
    ['beside text', { content: 'Yes.', ...DETAILS }, 'openrouter', ['reasoningContent', 'text'], DETAILS],
    [
      'beside a call',
      { content: null, tool_calls: [CALL], ...DETAILS },
      'openrouter',
      ['reasoningContent', 'toolUse'],
      DETAILS,
    ],
    [
      'LiteLLM: a redacted block',
      { content: 'Yes.', thinking_blocks: [REDACTED] },
      'litellm',
      ['reasoningContent', 'text'],
      { thinking_blocks: [REDACTED] },
    ],
    ['for a server that wants none back', { content: 'Yes.', ...DETAILS }, 'generic', ['text'], {}],
  ])('is sent back after an answer: %s', (...[, message, dialect, blocks, fields]) => {
    const content = contentOf(message, dialect);
    expect(kinds(content)).toEqual(blocks);
    const { reasoning_details, thinking_blocks, reasoning } = replayed(content, dialect);
    expect({ reasoning_details, thinking_blocks, reasoning }).toEqual(fields);
  });

  it.each<[string, unknown[], DialectName, string[], object]>([
    ['before text', [DETAILS, { content: 'Yes.' }], 'openrouter', ['reasoningContent', 'text'], DETAILS],
    [
      'with text',
      [{ content: 'Y', ...DETAILS }, { content: 'es.' }],
      'openrouter',
      ['reasoningContent', 'text'],
      DETAILS,
    ],
    [
      'amid text',
      [{ content: 'Y' }, DETAILS, { content: 'es.' }],
      'openrouter',
      ['text', 'reasoningContent'],
      DETAILS,
    ],
    ['behind text', [{ content: 'Yes.' }, DETAILS], 'openrouter', ['text', 'reasoningContent'], DETAILS],
    ['alone', [DETAILS], 'openrouter', ['reasoningContent'], DETAILS],
    [
      'between text and a call',
      [{ content: 'Look:' }, DETAILS, toolCalls(CALL)],
      'openrouter',
      ['text', 'reasoningContent', 'toolUse'],
      DETAILS,
    ],
    ['behind a call', [toolCalls(CALL), DETAILS], 'openrouter', ['toolUse', 'reasoningContent'], DETAILS],
    [
      'behind its summary',
      [
        { reasoning: 'Hm.', reasoning_details: [SUMMARY] },
        { reasoning_details: [LATER] },
        { content: 'Yes.' },
      ],
      'openrouter',
      ['reasoningContent', 'text'],
      { reasoning_details: [SUMMARY, LATER] },
    ],
    [
      'behind the text, and its summary before it',
      [
        { reasoning: 'Hm.', reasoning_details: [SUMMARY] },
        { content: 'Yes.' },
        { reasoning_details: [LATER] },
      ],
      'openrouter',
      ['reasoningContent', 'text', 'reasoningContent'],
      { reasoning_details: [SUMMARY, LATER] },
    ],
    [
      'LiteLLM: a redacted block',
      [{ thinking_blocks: [REDACTED] }, { content: 'Yes.' }],
      'litellm',
      ['reasoningContent', 'text'],
      { thinking_blocks: [REDACTED] },
    ],
    ['for a server that wants none back', [DETAILS, { content: 'Yes.' }], 'generic', ['text'], {}],
  ])('is sent back after a stream: %s', async (...[, deltas, dialect, blocks, fields]) => {
    const content = await streamedContent(deltas, dialect);
    expect(kinds(content)).toEqual(blocks);
    const { reasoning_details, thinking_blocks, reasoning } = replayed(content, dialect);
    expect({ reasoning_details, thinking_blocks, reasoning }).toEqual(fields);
  });
});
