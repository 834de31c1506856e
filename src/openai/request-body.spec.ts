import fc from 'fast-check';
import { Base64Data } from './base64-data.js';
import type { ChatCompletionParams, ContentPart } from './chat-completion.js';
import { paramsToBody } from './request-body.js';

const LONG = 'AQID'.repeat(20_000);
const DATA = new Base64Data(LONG);
const DATA_URI = new Base64Data(LONG, 'image/png');

const asking = (...content: ContentPart[]): ChatCompletionParams => ({
  model: 'model',
  messages: [{ role: 'user', content }],
  temperature: 0.2,
});

const LONG_PARTS: [ContentPart['type'], ContentPart][] = [
  ['image_url', { type: 'image_url', image_url: { url: DATA_URI } }],
  ['video_url', { type: 'video_url', video_url: { url: DATA_URI } }],
  ['audio_url', { type: 'audio_url', audio_url: { url: DATA_URI } }],
  ['input_audio', { type: 'input_audio', input_audio: { data: DATA, format: 'wav' } }],
  ['input_video', { type: 'input_video', input_video: { data: DATA, format: 'mp4' } }],
  ['file', { type: 'file', file: { filename: 'ä"\\.pdf', file_data: DATA_URI } }],
  ['document_url', { type: 'document_url', document_url: DATA_URI, document_name: 'a.pdf' }],
];

const SHORT_PARTS: ContentPart[] = [
  { type: 'text', text: '"What" is \\ this?\n\u{1f600}\ud800' },
  { type: 'image_url', image_url: { url: new Base64Data('AQID', 'image/png') } },
  { type: 'input_audio', input_audio: { data: new Base64Data('AQID'), format: 'mp3' } },
];

/** Has U+FFFD in place of the lone surrogate in the parts. */
const stringified = (params: ChatCompletionParams) =>
  JSON.stringify(params).replaceAll(String.raw`\ud800`, '\ufffd');

describe('paramsToBody', () => {
  it.each(LONG_PARTS)('copies the bytes of %s', (_, part) => {
    const params = asking({ type: 'text', text: 'é' }, part, { type: 'text', text: 'after' });
    const body = paramsToBody(params);
    expect(body).toBeInstanceOf(Buffer);
    expect(body.toString() === stringified(params)).toBe(true);
  });

  it('has no lone surrogate in keys and values, with long data or without', () => {
    const tool = {
      type: 'function' as const,
      function: { name: 'f', description: '\ud83d', parameters: { '\ude00': 1 } },
    };
    const text = { type: 'text' as const, text: 'a\ud83d \u{1f600}' };
    for (const parts of [
      [text],
      [text, { type: 'file' as const, file: { filename: '\ud83d', file_data: DATA_URI } }],
    ]) {
      const params = { ...asking(...parts), tools: [tool], stop: ['\ude00'] };
      const sent: unknown = JSON.parse(paramsToBody(params).toString());
      const filed = parts
        .slice(1)
        .map(() => ({ type: 'file', file: { filename: '\ufffd', file_data: DATA_URI.toJSON() } }));
      expect(sent).toEqual({
        model: 'model',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'a\ufffd \u{1f600}' }, ...filed] }],
        temperature: 0.2,
        tools: [{ ...tool, function: { name: 'f', description: '\ufffd', parameters: { '\ufffd': 1 } } }],
        stop: ['\ufffd'],
      });
    }
  });

  it.each([
    ['content that is a string', { ...asking(), messages: [{ role: 'user' as const, content: `"${LONG}` }] }],
    ['long text in a part', asking({ type: 'text', text: `"${LONG}é` })],
    ['short parts', asking(...SHORT_PARTS)],
  ])('stringifies %s', (_, params) => {
    expect(paramsToBody(params)).toBe(stringified(params));
  });

  it('gives what JSON.stringify gives, for all kinds of parts', () => {
    const part = fc.oneof(
      fc.constantFrom(...SHORT_PARTS, ...LONG_PARTS.map(([, long]) => long)),
      fc.string({ unit: 'binary' }).map((text): ContentPart => ({ type: 'text', text })),
    );
    const message = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((content) => ({ role: 'user' as const, content })),
      fc.string().map((content) => ({ role: 'assistant' as const, content, name: undefined })),
      fc.string().map((content) => ({ role: 'tool' as const, content, tool_call_id: 'a' })),
    );
    const request = fc.record({
      model: fc.string(),
      messages: fc.array(message, { maxLength: 4 }),
      metadata: fc.jsonValue(),
      user: fc.constantFrom(undefined, 'someone'),
    });
    fc.assert(
      fc.property(request, ({ metadata, ...others }) => {
        const params: ChatCompletionParams = { ...others, extra: metadata };
        expect(Buffer.from(paramsToBody(params)).equals(Buffer.from(stringified(params)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
