import type { Environment } from '../src/config/environment.js';
import { errorBody, textCompletion } from './support/answers.js';
import { docx, paragraph, pdf, run, scan, workbookBytes, workbookOf } from './support/documents.js';
import { InspectorClient } from './support/inspector-client.js';
import { Origins } from '../src/inspector/origin-of.js';
import { RoutedService } from './support/routed-service.js';
import { answerJson } from './support/scripted-upstream.js';

const SCAN = scan([
  [255, 0, 0],
  [0, 0, 255],
]);
const PDF = pdf([['Hello from PDF']]);
const NO_TEXT =
  'The value at messages.0.content.1.document.source.bytes is invalid: the document contains no text: its pages are pictures, such as scans';

const DIALECTS = ['openai', 'vllm', 'deepseek'] as const;
const MODES = ['text', 'images', 'auto'] as const;

/** A model for each dialect and mode, and for each dialect alone. */
const FILE = {
  upstreams: Object.fromEntries(DIALECTS.map((dialect) => [dialect, { dialect, countTokens: 'estimate' }])),
  models: [
    ...DIALECTS.map((upstream) => ({ match: upstream, route: [{ upstream }] })),
    ...DIALECTS.flatMap((upstream) =>
      MODES.map((documents) => ({ match: `${upstream}-${documents}`, route: [{ upstream }], documents })),
    ),
    { match: '*', route: [{ upstream: 'openai' }, { upstream: 'vllm' }] },
  ],
};

const start = (variables: Partial<Record<keyof Environment, string>> = {}): Promise<RoutedService> =>
  RoutedService.start(FILE, variables);

const document = (format: string, bytes: Buffer, fields: object = {}) => ({
  document: { name: 'file', format, source: { bytes: bytes.toString('base64') }, ...fields },
});
const asking = (...content: object[]) => ({
  messages: [{ role: 'user', content: [{ text: 'What is this?' }, ...content] }],
});
const hi = answerJson(textCompletion('Hi'));

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: { readonly url: string };
}

interface Sent {
  readonly messages: readonly { readonly content: unknown }[];
}

/** What the last user message has: its texts, and the beginnings of its pictures and files. */
function shown(service: RoutedService, upstream: string): unknown {
  const body = service.upstream(upstream).lastRequest?.body as Sent | undefined;
  const content = body?.messages.at(-1)?.content;
  if (!Array.isArray(content)) return content;
  return (content as Part[]).map(({ type, text, image_url }) => text ?? image_url?.url.slice(0, 26) ?? type);
}

const JPEG = 'data:image/jpeg;base64,/9j';
const AS_TEXT = 'What is this?\n<document name="file" format="pdf">\n[page 1]\n\nHello from PDF\n</document>';
const AS_PICTURE = ['What is this?', '<document name="file" format="pdf">\n[page 1]', JPEG, '</document>'];
const SCAN_AS_PICTURES = [...AS_PICTURE.slice(0, 3), '[page 2]', JPEG, '</document>'];

describe('A PDF', () => {
  let service: RoutedService;
  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.answerWith({ openai: hi, vllm: hi, deepseek: hi }));

  it.each<[model: string, name: string, bytes: Buffer, sent: unknown]>([
    ['openai', 'with text', PDF, ['What is this?', 'file']],
    ['openai', 'without text', SCAN, ['What is this?', 'file']],
    ['openai-text', 'with text', PDF, AS_TEXT],
    ['openai-images', 'with text', PDF, AS_PICTURE],
    ['openai-images', 'without text', SCAN, SCAN_AS_PICTURES],
    ['openai-auto', 'with text', PDF, AS_TEXT],
    ['openai-auto', 'without text', SCAN, SCAN_AS_PICTURES],
    ['vllm', 'with text', PDF, AS_TEXT],
    ['vllm', 'without text', SCAN, SCAN_AS_PICTURES],
    ['vllm-images', 'with text', PDF, AS_PICTURE],
    ['deepseek', 'with text', PDF, AS_TEXT],
  ])('for %s %s', async (model, _, bytes, sent) => {
    expect((await service.converse(model, asking(document('pdf', bytes)))).status).toBe(200);
    expect(shown(service, model.split('-')[0] ?? '')).toEqual(sent);
  });

  it.each<[model: string, bytes: Buffer, message: string]>([
    ['openai-text', SCAN, `${NO_TEXT}.`],
    ['deepseek', SCAN, `${NO_TEXT}, and the upstream takes no images.`],
    ['deepseek-auto', SCAN, `${NO_TEXT}, and the upstream takes no images.`],
    [
      'deepseek-images',
      PDF,
      'The value at messages.0.content.1.document is not supported: the upstream takes no images of its pages.',
    ],
  ])('is refused for %s', async (model, bytes, message) => {
    const { status, body } = await service.converse(model, asking(document('pdf', bytes)));
    expect([status, body]).toEqual([400, { message }]);
  });

  it('keeps its context before its pages', async () => {
    await service.converse('vllm', asking(document('pdf', SCAN, { context: 'An invoice' })));
    expect(shown(service, 'vllm')).toMatchObject({
      1: '<document name="file" format="pdf">\n<context>An invoice</context>\n[page 1]',
    });
  });

  it('is read for the target that is tried next', async () => {
    service.answerWith({ openai: answerJson(errorBody('busy'), 503), vllm: hi });
    expect((await service.converse('any', asking(document('pdf', PDF)))).status).toBe(200);
    expect([shown(service, 'openai'), shown(service, 'vllm')]).toEqual([['What is this?', 'file'], AS_TEXT]);
  });

  it('goes from a tool result into the next user message, as pictures', async () => {
    const messages = [
      { role: 'user', content: [{ text: 'Read it.' }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'read', input: {} } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [document('pdf', SCAN)] } }] },
    ];
    expect((await service.converse('vllm', { messages })).status).toBe(200);
    expect(shown(service, 'vllm')).toEqual(['[document 1 of tool result t]', ...SCAN_AS_PICTURES.slice(1)]);
  });

  it('counts as its text or pictures do', async () => {
    const count = async (model: string, ...content: object[]): Promise<number> => {
      const body = JSON.stringify({ input: { converse: asking(...content) } });
      const response = await service.post(model, 'count-tokens', { body });
      return ((await response.json()) as { inputTokens: number }).inputTokens;
    };
    const [none, text, pictures] = [
      await count('vllm'),
      await count('vllm', document('pdf', PDF)),
      await count('vllm', document('pdf', SCAN)),
    ];
    expect(text).toBeGreaterThan(none);
    expect(pictures).toBeGreaterThan(text + 1_000);
  });
});

describe('A body of InvokeModel', () => {
  let service: RoutedService;
  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.answerWith({ vllm: hi }));

  const invoke = (body: object) => service.post('vllm', 'invoke', { body: JSON.stringify(body) });
  const anthropic = (bytes: Buffer) => {
    const source = { type: 'base64', media_type: 'application/pdf', data: bytes.toString('base64') };
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'document', title: 'file', source },
    ];
    return { anthropic_version: 'bedrock-2023-05-31', max_tokens: 5, messages: [{ role: 'user', content }] };
  };

  it.each<[string, Buffer, unknown]>([
    ['text', PDF, AS_TEXT],
    ['pictures', SCAN, SCAN_AS_PICTURES],
  ])('of Anthropic has its PDF sent as %s', async (_, bytes, sent) => {
    expect((await invoke(anthropic(bytes))).status).toBe(200);
    expect(shown(service, 'vllm')).toEqual(sent);
  });

  it('of Nova has its Office documents sent as text', async () => {
    const content = [
      { text: 'What is this?' },
      document('docx', await docx({ body: paragraph(run('Hello from Word')) })),
      document('xlsx', workbookBytes(workbookOf({ One: [['Hello from Excel']] }), 'xlsx')),
    ];
    const response = await invoke({ schemaVersion: 'messages-v1', messages: [{ role: 'user', content }] });
    expect(response.status).toBe(200);
    expect(shown(service, 'vllm')).toBe(
      [
        'What is this?',
        '<document name="file" format="docx">\nHello from Word\n</document>',
        '<document name="file" format="xlsx">\n## One\n\n| Hello from Excel |\n| --- |\n</document>',
      ].join('\n'),
    );
  });

  it('that cannot be read is refused by its path', async () => {
    const response = await invoke(anthropic(Buffer.from('%PDF-1.7\n%%EOF')));
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        message:
          'The value at messages.0.content.1 is invalid: the document is damaged, or not of its format.',
      },
    ]);
  });
});

describe('A document over a limit', () => {
  const limits = { DOCUMENT_MAX_PAGES: '1', DOCUMENT_MAX_PAGE_IMAGES: '1' };
  const long = pdf([['one'], ['two']]);

  it.each<[model: string, bytes: Buffer, excess: string]>([
    ['vllm', long, '1 pages'],
    ['vllm-images', long, '1 pages to send as pictures'],
  ])('is refused for %s', async (model, bytes, excess) => {
    await using service = await start(limits);
    const { status, body } = await service.converse(model, asking(document('pdf', bytes)));
    expect([status, body]).toEqual([
      400,
      {
        message: `The value at messages.0.content.1.document.source.bytes is invalid: the document has more than ${excess}.`,
      },
    ]);
  });

  it.each<[model: string, sent: unknown]>([
    [
      'vllm',
      'What is this?\n<document name="file" format="pdf">\n[page 1]\n\none\n\n[cut here: pages 2 to 2 are missing]\n</document>',
    ],
    ['vllm-images', [...AS_PICTURE.slice(0, 3), '[cut here: pages 2 to 2 are missing]\n</document>']],
  ])('is cut, marked and reported for %s', async (model, sent) => {
    await using service = await start({ ...limits, DOCUMENT_ON_LIMIT: 'truncate' });
    service.answerWith({ vllm: hi });
    const { status, headers } = await service.converse(model, asking(document('pdf', long)));
    expect([status, headers.get('x-proxy-ignored-parameters')]).toEqual([
      200,
      'messages.*.content.*.document.source.bytes',
    ]);
    expect(shown(service, 'vllm')).toEqual(sent);
  });
});

describe('The inspector', () => {
  it('shows what a document became, and where it comes from', async () => {
    await using service = await start({ INSPECTOR: 'true', INSPECTOR_BODY_MB: '1' });
    service.answerWith({ vllm: hi });
    const inspector = new InspectorClient(service.proxy.managementUrl);
    const { headers } = await service.converse('vllm', asking(document('pdf', SCAN), document('pdf', PDF)));
    const call = await inspector.call(headers.get('x-amzn-requestid'));
    const [attempt] = call.calls;
    const { messages } = JSON.parse(attempt?.request.text ?? '') as { messages: { content: Part[] }[] };
    const origins = messages[0]?.content.map(({ type, text }, index) => {
      const path = `messages.0.content.${index}.${type}`;
      return { shown: text ?? type, from: new Origins(attempt?.origins ?? []).of(path) };
    });
    expect(origins).toEqual([
      { shown: 'What is this?', from: ['messages.0.content.0.text'] },
      { shown: '<document name="file" format="pdf">\n[page 1]', from: ['messages.0.content.1.document'] },
      { shown: 'image_url', from: ['messages.0.content.1.document'] },
      { shown: '[page 2]', from: ['messages.0.content.1.document'] },
      { shown: 'image_url', from: ['messages.0.content.1.document'] },
      { shown: '</document>', from: ['messages.0.content.1.document'] },
      {
        shown: expect.stringContaining('Hello from PDF') as unknown,
        from: ['messages.0.content.2.document'],
      },
    ]);
  });
});
