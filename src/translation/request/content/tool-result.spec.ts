import type {
  ToolResultBlockDto,
  ToolResultContentBlockDto,
} from '../../../bedrock/converse/tool-result-block.dto.js';
import { Base64Data } from '../../../openai/base64-data.js';
import type { DialectName } from '../../../config/dialect-names.js';
import type { ChatMessage } from '../../../openai/chat-completion.js';
import { HELLO, mapMessages, refusalOf } from '../../../../test/support/map-request.js';

const IMAGE: ToolResultContentBlockDto = { image: { format: 'png', source: { bytes: 'aGk=' } } };
const IMAGE_PART = { type: 'image_url', image_url: { url: new Base64Data('aGk=', 'image/png') } };
const PDF: ToolResultContentBlockDto = {
  document: { name: 'd', format: 'pdf', source: { bytes: 'JVBERi0x' } },
};

/** The messages after a call that is answered with these results. */
function answersTo(results: Partial<ToolResultBlockDto>[], dialect: DialectName = 'generic'): ChatMessage[] {
  const named = results.map((result, index) => ({ toolUseId: `t${index + 1}`, content: [], ...result }));
  const calls = named.map(({ toolUseId }) => ({ toolUse: { toolUseId, name: 'look', input: {} } }));
  const messages = mapMessages(
    [
      HELLO,
      { role: 'assistant', content: calls },
      { role: 'user', content: [...named.map((toolResult) => ({ toolResult })), { text: 'Go' }] },
    ],
    dialect,
  );
  return messages.slice(2);
}

function textOf(content: ToolResultContentBlockDto[], status?: 'success' | 'error'): unknown {
  return answersTo([{ content, status }])[0]?.content;
}

describe('content', () => {
  it.each<[string, ToolResultContentBlockDto[], string]>([
    ['nothing', [], ''],
    ['empty text', [{ text: '' }], ''],
    ['text', [{ text: 'sunny' }], 'sunny'],
    ['json', [{ json: { a: [1, null], b: 'x' } }], '{"a":[1,null],"b":"x"}'],
    ['json that is no object', [{ json: 7 }], '7'],
    ['several blocks', [{ text: 'A' }, { json: {} }, { text: 'B' }], 'A\n{}\nB'],
    [
      'a text document',
      [{ document: { name: 'd', source: { text: 'T' } } }],
      '<document name="d">\nT\n</document>',
    ],
    [
      'a search result',
      [{ searchResult: { source: 's', title: 't', content: [{ text: 'x' }, { text: 'y' }] } }],
      '<search_result>\n<source>s</source>\n<title>t</title>\nx\ny\n</search_result>',
    ],
  ])('%s', (_, content, expected) => {
    expect(textOf(content)).toBe(expected);
  });

  it('without media does not change the next user message', () => {
    expect(answersTo([{ content: [{ text: 'sunny' }] }])).toStrictEqual([
      { role: 'tool', tool_call_id: 't1', content: 'sunny' },
      { role: 'user', content: 'Go' },
    ]);
  });

  it.each<[DialectName, object]>([
    ['generic', {}],
    ['mistral', { name: 'look' }],
  ])('names the tool if the dialect requires it: %s', (dialect, name) => {
    const [message] = answersTo([{ toolUseId: 'abcDEF123' }], dialect);
    expect(message).toStrictEqual({ role: 'tool', tool_call_id: 'abcDEF123', content: '', ...name });
  });
});

describe('status error', () => {
  it.each<[ToolResultContentBlockDto[], string]>([
    [[{ text: 'no such city' }], 'Error: no such city'],
    [[{ text: 'error: no such city' }], 'error: no such city'],
    [[{ text: 'ERROR 7' }], 'ERROR 7'],
    [[{ json: { code: 7 } }], 'Error: {"code":7}'],
    [[{ text: ' ' }], 'Error'],
  ])('%j', (content, expected) => {
    expect(textOf(content, 'error')).toBe(expected);
    expect(textOf(content, 'success')).not.toBe('Error');
  });

  it('is refused without content', () => {
    expect(refusalOf(() => textOf([], 'error'))).toBe(
      'ValidationException: The content field at messages.2.content.0.toolResult cannot be empty when status value is error.',
    );
  });
});

describe('media', () => {
  it('of two results are moved to the next user message, each with its label', () => {
    const results = [
      { content: [{ text: 'two' }, IMAGE, IMAGE] },
      { content: [IMAGE] },
      { content: [{ text: 'none' }] },
    ];
    const note = (label: string) => `[${label} is attached in the next user message]`;
    expect(answersTo(results)).toEqual([
      {
        role: 'tool',
        tool_call_id: 't1',
        content: `two\n${note('image 1 of tool result t1')}\n${note('image 2 of tool result t1')}`,
      },
      { role: 'tool', tool_call_id: 't2', content: note('image 1 of tool result t2') },
      { role: 'tool', tool_call_id: 't3', content: 'none' },
      {
        role: 'user',
        content: [
          { type: 'text', text: '[image 1 of tool result t1]' },
          IMAGE_PART,
          { type: 'text', text: '[image 2 of tool result t1]' },
          IMAGE_PART,
          { type: 'text', text: '[image 1 of tool result t2]' },
          IMAGE_PART,
          { type: 'text', text: 'Go' },
        ],
      },
    ]);
  });

  it.each<[string, ToolResultContentBlockDto, DialectName, unknown]>([
    [
      'document',
      PDF,
      'generic',
      { type: 'file', file: { filename: 'd.pdf', file_data: new Base64Data('JVBERi0x', 'application/pdf') } },
    ],
    [
      'video',
      { video: { format: 'mp4', source: { bytes: 'aGk=' } } },
      'vllm',
      { type: 'video_url', video_url: { url: new Base64Data('aGk=', 'video/mp4') } },
    ],
  ])('%s', (kind, block, dialect, part) => {
    const label = `${kind} 1 of tool result t1`;
    expect(answersTo([{ content: [block] }], dialect)).toEqual([
      { role: 'tool', tool_call_id: 't1', content: `[${label} is attached in the next user message]` },
      { role: 'user', content: [{ type: 'text', text: `[${label}]` }, part, { type: 'text', text: 'Go' }] },
    ]);
  });

  it.each<[string, ToolResultContentBlockDto, DialectName]>([
    ['document is not supported', PDF, 'ollama'],
    ['image is not supported', IMAGE, 'deepseek'],
    ['video is not supported', { video: { format: 'mp4', source: { bytes: 'aGk=' } } }, 'generic'],
    [
      'image.source.s3Location is not supported',
      { image: { format: 'png', source: { s3Location: { uri: 's3://bucket/key' } } } },
      'generic',
    ],
  ])('that cannot be translated are refused: %s', (words, block, dialect) => {
    expect(refusalOf(() => answersTo([{ content: [{ text: 'A' }, block] }], dialect))).toContain(
      `messages.2.content.0.toolResult.content.1.${words}`,
    );
  });
});
