import { textChunks, textCompletion } from './support/answers.js';
import { docx, paragraph, pdf, run, scan } from './support/documents.js';
import { GUARDED_FILE, GUARDRAIL, GUARDRAIL_HEADERS, moderation } from './support/guarded-file.js';
import { RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const CONFIG = { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT' };
const FORBIDDEN = pdf([['a forbidden word']]);
const MAILED = pdf([['ask ana@example.com']]);
const SCAN = scan([[255, 255, 255]]);

let service: RoutedService;

// the server takes PDF
beforeAll(async () => {
  service = await RoutedService.start(GUARDED_FILE);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.upstream('model').requests.length = 0;
  service.answerWith({ model: answerJson(textCompletion('Hi')) });
});

const document = (format: string, bytes: Buffer | string) => ({
  document: { name: 'file', format, source: { bytes: Buffer.from(bytes).toString('base64') } },
});
const asking = (...content: object[]) => ({
  messages: [{ role: 'user', content: [{ text: 'What is this?' }, ...content] }],
  guardrailConfig: CONFIG,
});
const sent = (): string => JSON.stringify(service.upstream('model').lastRequest?.body);

describe('A guardrail', () => {
  it.each<[name: string, block: () => object | Promise<object>]>([
    ['a PDF', () => document('pdf', FORBIDDEN)],
    ['a docx', async () => document('docx', await docx({ body: paragraph(run('forbidden')) }))],
    ['a text file', () => document('csv', 'a;forbidden')],
    ['a text', () => ({ document: { name: 'file', source: { text: 'forbidden' } } })],
    ['pieces of text', () => ({ document: { name: 'file', source: { content: [{ text: 'forbidden' }] } } })],
  ])('blocks %s by its text', async (_, block) => {
    const { status, body } = await service.converse('m', asking(await block()));
    expect([status, body]).toMatchObject([
      200,
      {
        output: { message: { content: [{ text: GUARDRAIL.blockedInputMessaging }] } },
        stopReason: 'guardrail_intervened',
      },
    ]);
    expect(service.asked['model']).toBe(0);
  });

  it('blocks a document of a stream', async () => {
    const [, delta] = await service.converseStream('m', asking(document('pdf', FORBIDDEN)));
    expect(JSON.stringify(delta)).toContain(GUARDRAIL.blockedInputMessaging);
    expect(service.asked['model']).toBe(0);
  });

  it('blocks a document in a body of InvokeModel', async () => {
    const source = { type: 'base64', media_type: 'application/pdf', data: FORBIDDEN.toString('base64') };
    const response = await service.post('anthropic.claude-x', 'invoke', {
      headers: GUARDRAIL_HEADERS,
      body: JSON.stringify({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 5,
        messages: [{ role: 'user', content: [{ type: 'document', source }] }],
      }),
    });
    expect(await response.json()).toMatchObject({
      content: [{ type: 'text', text: GUARDRAIL.blockedInputMessaging }],
    });
    expect(service.asked['model']).toBe(0);
  });

  it('has documents sent as the text that it examined and masked', async () => {
    const request = asking(document('pdf', MAILED), { text: 'T-1234' }, document('txt', 'T-5678'));
    expect((await service.converse('m', request)).status).toBe(200);
    expect(service.upstream('model').lastRequest?.body).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [
            'What is this?',
            '<document name="file" format="pdf">\n[page 1]\n\nask {EMAIL}\n</document>',
            '{ticket}',
            '<document name="file" format="txt">\n{ticket}\n</document>',
          ].join('\n'),
        },
      ],
    });
  });

  it.each<[string, object]>([
    [
      'where other content is guarded',
      asking(document('pdf', FORBIDDEN), { guardContent: { text: { text: 'fine' } } }),
    ],
    ['without text', asking(document('pdf', SCAN))],
  ])('leaves a PDF as it is %s', async (_, request) => {
    expect((await service.converse('m', request)).body).toMatchObject({ stopReason: 'end_turn' });
    expect(sent()).toContain('"file_data":"data:application/pdf;base64,');
  });

  it('examines the pages of a scan where it has content filters', async () => {
    service.upstream('moderation').requests.length = 0;
    service.answerWith({ moderation: answerJson(moderation({ hate: 0.99 })) });
    const guardrailConfig = { guardrailIdentifier: 'filter1', guardrailVersion: 'DRAFT' };
    const pages = scan([
      [255, 0, 0],
      [0, 255, 0],
    ]);
    const { body } = await service.converse('m', { ...asking(document('pdf', pages)), guardrailConfig });
    expect(body).toMatchObject({ stopReason: 'guardrail_intervened' });
    expect(service.asked['model']).toBe(0);
    const picture = {
      type: 'image_url',
      image_url: { url: expect.stringMatching(/^data:image\/jpeg;/) as unknown },
    };
    expect(service.upstream('moderation').lastRequest?.body).toMatchObject({
      input: [{ type: 'text', text: 'What is this?' }, picture, picture],
    });
  });

  it('leaves documents in tool results alone', async () => {
    const messages = [
      { role: 'user', content: [{ text: 'Read it.' }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'read', input: {} } }] },
      {
        role: 'user',
        content: [{ toolResult: { toolUseId: 't', content: [document('txt', 'forbidden')] } }],
      },
    ];
    const { body } = await service.converse('m', { messages, guardrailConfig: CONFIG });
    expect(body).toMatchObject({ stopReason: 'end_turn' });
    expect(sent()).toContain('forbidden');
  });

  it.each(['converse', 'converse-stream'])('reports hidden text that %s leaves out', async (operation) => {
    service.answerWith({
      model: operation === 'converse' ? answerJson(textCompletion('Hi')) : answerChunks(textChunks('Hi')),
    });
    const hidden = await docx({ body: paragraph(run('seen') + run('forbidden', '<w:vanish/>')) });
    const response = await service.post('m', operation, {
      body: JSON.stringify(asking(document('docx', hidden))),
    });
    await response.bytes();
    expect([response.status, response.headers.get('x-proxy-ignored-parameters')]).toEqual([
      200,
      'messages.*.content.*.document.source.bytes',
    ]);
    expect(sent()).not.toContain('forbidden');
  });

  it.each(['converse', 'converse-stream'])(
    'refuses a document that cannot be read: %s',
    async (operation) => {
      const response = await service.post('m', operation, {
        body: JSON.stringify(asking(document('pdf', 'no PDF'))),
      });
      expect([response.status, await response.json()]).toEqual([
        400,
        {
          message:
            'The value at messages.0.content.1.document.source.bytes is invalid: the document is not a pdf file.',
        },
      ]);
      expect(service.asked['model']).toBe(0);
    },
  );
});
