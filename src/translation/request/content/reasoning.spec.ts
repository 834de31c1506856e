import type { ContentBlockDto } from '../../../bedrock/converse/content-block.dto.js';
import type { MessageDto } from '../../../bedrock/converse/message.dto.js';
import { DIALECT_NAMES, type DialectName } from '../../../config/dialect-names.js';
import {
  NO_REASONING_TEXT,
  type ReasoningEnvelope,
  encodeReasoningEnvelope,
} from '../../reasoning-envelope.js';
import { HELLO, mapRequest } from '../../../../test/support/map-request.js';

const CALL: ContentBlockDto = { toolUse: { toolUseId: 't1', name: 'look', input: {} } };
const RESULT: MessageDto = { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [] } }] };
const TOOL_CALL = { id: 't1', type: 'function', function: { name: 'look', arguments: '{}' } };
const DETAILS = [{ type: 'reasoning.encrypted', data: 'x', index: 0 }];
const BLOCKS = [{ type: 'thinking', thinking: 'hm', signature: 's' }];
const PATH = 'messages.1.content.0.reasoningContent';

const reasoning = (signature?: string): ContentBlockDto => ({
  reasoningContent: { reasoningText: { text: 'hm', signature } },
});
/** The block that a client sends back for encrypted reasoning. */
const encrypted = (envelope: Partial<ReasoningEnvelope> = {}): ContentBlockDto => {
  const data = { field: 'reasoning_details' as const, data: DETAILS };
  const signature = encodeReasoningEnvelope({ upstream: 'main', model: 'a-model', ...data, ...envelope });
  return { reasoningContent: { reasoningText: { text: NO_REASONING_TEXT, signature } } };
};
const own = (envelope: Partial<ReasoningEnvelope> = {}): ContentBlockDto =>
  reasoning(
    encodeReasoningEnvelope({ upstream: 'main', model: 'a-model', field: 'reasoning_content', ...envelope }),
  );

/** The assistant message of a tool loop that begins with the reasoning, and the ignored members. */
function replay(block: ContentBlockDto, dialect: DialectName): [Record<string, unknown>, readonly string[]] {
  const messages: MessageDto[] = [HELLO, { role: 'assistant', content: [block, CALL] }, RESULT];
  const { params, ignored } = mapRequest({ messages }, dialect, 'reject');
  const {
    role: _role,
    content: _content,
    ...rest
  } = params.messages[1] as unknown as Record<string, unknown>;
  return [rest, ignored];
}

const signed = (signature: string) => [
  { ...TOOL_CALL, extra_content: { google: { thought_signature: signature } } },
];
const plain = { tool_calls: [TOOL_CALL] };

describe("the upstream's own reasoning is sent back", () => {
  it.each<[DialectName, ContentBlockDto, object]>([
    ['deepseek', own(), { ...plain, reasoning_content: 'hm' }],
    ['ollama', own({ field: 'reasoning' }), { ...plain, reasoning: 'hm' }],
    [
      'openrouter',
      own({ field: 'reasoning_details', data: DETAILS }),
      { ...plain, reasoning_details: DETAILS },
    ],
    ['openrouter', own({ field: 'reasoning' }), { ...plain, reasoning: 'hm' }],
    [
      'openrouter',
      own({ field: 'reasoning_details', data: DETAILS, model: 'other' }),
      { ...plain, reasoning: 'hm' },
    ],
    ['openrouter', own({ field: 'thinking_blocks', data: BLOCKS }), { ...plain, reasoning: 'hm' }],
    ['openrouter', encrypted(), { ...plain, reasoning_details: DETAILS }],
    [
      'litellm',
      encrypted({ field: 'thinking_blocks', data: [{ type: 'redacted_thinking', data: 'x' }] }),
      { ...plain, thinking_blocks: [{ type: 'redacted_thinking', data: 'x' }] },
    ],
    ['litellm', own({ field: 'thinking_blocks', data: BLOCKS }), { ...plain, thinking_blocks: BLOCKS }],
    ['gemini', own({ data: { t1: 'sig' } }), { tool_calls: signed('sig') }],
  ])('%s', (dialect, block, expected) => {
    expect(replay(block, dialect)).toEqual([expected, []]);
  });

  it('several blocks are sent together', () => {
    const second = encodeReasoningEnvelope({
      upstream: 'main',
      model: 'a-model',
      field: 'reasoning_details',
      data: [{ index: 1 }],
    });
    const content = [own({ field: 'reasoning_details', data: DETAILS }), reasoning(second), { text: 'So.' }];
    const { params } = mapRequest({ messages: [HELLO, { role: 'assistant', content }, HELLO] }, 'openrouter');
    expect(params.messages[1]).toEqual({
      role: 'assistant',
      content: 'So.',
      reasoning_details: [...DETAILS, { index: 1 }],
    });
  });
});

describe('reasoning of another upstream is omitted and reported', () => {
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const deep = `brp1.${Buffer.from(`{"v":1,"up":"main","m":"a-model","f":"thinking_blocks","d":${nested}}`).toString('base64url')}`;

  it.each<[string, ContentBlockDto, DialectName]>([
    ['without a signature', reasoning(), 'deepseek'],
    ['a signature of Bedrock', reasoning('EqQBCkYIARgC'), 'deepseek'],
    ['a broken one of ours', reasoning('brp1.e30'), 'deepseek'],
    ['another upstream', own({ upstream: 'other' }), 'deepseek'],
    ['redacted content', { reasoningContent: { redactedContent: 'aGk=' } }, 'openrouter'],
    ['thinking blocks without data', own({ field: 'thinking_blocks' }), 'litellm'],
    [
      'thinking blocks of another model',
      own({ field: 'thinking_blocks', data: BLOCKS, model: 'other' }),
      'litellm',
    ],
    ['thinking blocks that are none', own({ field: 'thinking_blocks', data: 'x' }), 'litellm'],
    ['data of another kind', own({ field: 'reasoning_details', data: DETAILS }), 'litellm'],
    ['data too deep', reasoning(deep), 'litellm'],
    ['encrypted by another model', encrypted({ model: 'other' }), 'openrouter'],
    ['encrypted, for a server that takes text alone', encrypted(), 'ollama'],
  ])('%s', (_, block, dialect) => {
    // DeepSeek requires a placeholder for it
    const lost = dialect === 'deepseek' ? { reasoning_content: ' ' } : {};
    expect(replay(block, dialect)).toEqual([{ ...plain, ...lost }, [PATH]]);
  });

  it.each(DIALECT_NAMES.filter((name) => ['generic', 'openai', 'vllm', 'mistral', 'groq'].includes(name)))(
    'if the dialect takes no reasoning back: %s',
    (dialect) => {
      const { params, ignored } = mapRequest(
        { messages: [HELLO, { role: 'assistant', content: [own(), { text: 'A' }] }] },
        dialect,
      );
      expect([params.messages[1], ignored]).toEqual([{ role: 'assistant', content: 'A' }, [PATH]]);
    },
  );
});

describe('thought signatures of Gemini', () => {
  const lost = 'skip_thought_signature_validator';

  it.each<[string, ContentBlockDto, string]>([
    ['without reasoning of ours', reasoning(), lost],
    ['of another call', own({ data: { t9: 'sig' } }), lost],
    ['that is no text', own({ data: { t1: { a: 1 } } }), lost],
    ['under a name that objects inherit', own({ data: JSON.parse('{"__proto__":"x","t1":"sig"}') }), 'sig'],
  ])('%s', (_, block, expected) => {
    expect(replay(block, 'gemini')[0]).toEqual({ tool_calls: signed(expected) });
  });

  it('are replaced on the first call when all are lost', () => {
    const calls = ['t1', 't2'].map((toolUseId) => ({ toolUse: { toolUseId, name: 'look', input: {} } }));
    const results = ['t1', 't2'].map((toolUseId) => ({ toolResult: { toolUseId, content: [] } }));
    const messages: MessageDto[] = [
      HELLO,
      { role: 'assistant', content: calls },
      { role: 'user', content: results },
    ];
    expect(mapRequest({ messages }, 'gemini').params.messages[1]).toMatchObject({
      tool_calls: [...signed(lost), { ...TOOL_CALL, id: 't2' }],
    });
  });
});
