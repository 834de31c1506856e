import { textChunks, textCompletion } from './support/answers.js';
import { docx, paragraph, pdf, run, scan } from './support/documents.js';
import { GUARDRAIL, GUARDRAIL_HEADERS, moderation } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const CONFIG = { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT' };
const FORBIDDEN = pdf([['a forbidden word']]);
const MAILED = pdf([['ask ana@example.com']]);
const SCAN = scan([[255, 255, 255]]);

// the server takes PDF
const suite = guardedSuite();

const document = (format: string, bytes: Buffer | string) => ({
  document: { name: 'file', format, source: { bytes: Buffer.from(bytes).toString('base64') } },
});
const searchResult = (members: object) => ({
  searchResult: { source: 'a', title: 'b', content: [{ text: 'c' }], ...members },
});
const asking = (...content: object[]) => ({
  messages: [{ role: 'user', content: [{ text: 'What is this?' }, ...content] }],
  guardrailConfig: CONFIG,
});

describe('A guardrail', () => {
  it.each<[name: string, block: () => object | Promise<object>]>([
    ['a PDF', () => document('pdf', FORBIDDEN)],
    ['a docx', async () => document('docx', await docx({ body: paragraph(run('forbidden')) }))],
    ['a text file', () => document('csv', 'a;forbidden')],
    ['a text', () => ({ document: { name: 'file', source: { text: 'forbidden' } } })],
    ['pieces of text', () => ({ document: { name: 'file', source: { content: [{ text: 'forbidden' }] } } })],
    ['a name', () => ({ document: { name: 'forbidden', source: { text: 'fine' } } })],
    ['the name of a scan', () => ({ document: { ...document('pdf', SCAN).document, name: 'forbidden' } })],
    ['a context', () => ({ document: { name: 'file', context: 'forbidden', source: { text: 'fine' } } })],
    ['the source of a search result', () => searchResult({ source: 'https://forbidden.example' })],
    ['the title of a search result', () => searchResult({ title: 'forbidden' })],
    ['a search result', () => searchResult({ content: [{ text: 'fine' }, { text: 'forbidden' }] })],
    [
      'cited text, which is sent as one',
      () => ({ citationsContent: { content: [{ text: 'for' }, { text: 'bidden' }] } }),
    ],
  ])('blocks %s by its text', async (_, block) => {
    const { status, body } = await suite.service.converse('m', asking(await block()));
    expect([status, body]).toMatchObject([
      200,
      {
        output: { message: { content: [{ text: GUARDRAIL.blockedInputMessaging }] } },
        stopReason: 'guardrail_intervened',
      },
    ]);
    expect(suite.service.asked['model']).toBe(0);
  });

  it('blocks a document of a stream', async () => {
    const [, delta] = await suite.service.converseStream('m', asking(document('pdf', FORBIDDEN)));
    expect(JSON.stringify(delta)).toContain(GUARDRAIL.blockedInputMessaging);
    expect(suite.service.asked['model']).toBe(0);
  });

  it('blocks a document in a body of InvokeModel', async () => {
    const source = { type: 'base64', media_type: 'application/pdf', data: FORBIDDEN.toString('base64') };
    const response = await suite.service.post('anthropic.claude-x', 'invoke', {
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
    expect(suite.service.asked['model']).toBe(0);
  });

  it('has documents sent as the text that it examined and masked', async () => {
    const request = asking(document('pdf', MAILED), { text: 'T-1234' }, document('txt', 'T-5678'));
    expect((await suite.service.converse('m', request)).status).toBe(200);
    expect(suite.service.upstream('model').lastRequest?.body).toMatchObject({
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

  it('has names, contexts and search results sent masked', async () => {
    const notes = { name: 'T-1234', context: 'of ana@example.com', source: { text: 'fine' } };
    const found = searchResult({ source: 'T-1111', title: 'T-2222', content: [{ text: 'bob@example.com' }] });
    const cited = { citationsContent: { content: [{ text: 'T-' }, { text: '3333' }] } };
    expect((await suite.service.converse('m', asking({ document: notes }, found, cited))).status).toBe(200);
    expect(suite.sentMessages).toEqual([
      {
        role: 'user',
        content: [
          'What is this?',
          '<document name="{ticket}">\n<context>of {EMAIL}</context>\nfine\n</document>',
          '<search_result>\n<source>{ticket}</source>\n<title>{ticket}</title>\n{EMAIL}\n</search_result>',
          '{ticket}',
        ].join('\n'),
      },
    ]);
  });

  it.each<[string, object]>([
    [
      'where other content is guarded',
      asking(document('pdf', FORBIDDEN), { guardContent: { text: { text: 'fine' } } }),
    ],
    ['without text', asking(document('pdf', SCAN))],
  ])('leaves a PDF as it is %s', async (_, request) => {
    expect((await suite.service.converse('m', request)).body).toMatchObject({ stopReason: 'end_turn' });
    expect(suite.sentText).toContain('"file_data":"data:application/pdf;base64,');
  });

  it('examines the pages of a scan where it has content filters', async () => {
    suite.service.upstream('moderation').requests.length = 0;
    suite.service.answerWith({ moderation: answerJson(moderation({ hate: 0.99 })) });
    const guardrailConfig = { guardrailIdentifier: 'filter1', guardrailVersion: 'DRAFT' };
    const pages = scan([
      [255, 0, 0],
      [0, 255, 0],
    ]);
    const { body } = await suite.service.converse('m', {
      ...asking(document('pdf', pages)),
      guardrailConfig,
    });
    expect(body).toMatchObject({ stopReason: 'guardrail_intervened' });
    expect(suite.service.asked['model']).toBe(0);
    const picture = {
      type: 'image_url',
      image_url: { url: expect.stringMatching(/^data:image\/jpeg;/) as unknown },
    };
    expect(suite.service.upstream('moderation').lastRequest?.body).toMatchObject({
      input: [{ type: 'text', text: 'What is this?' }, { type: 'text', text: 'file' }, picture, picture],
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
    const { body } = await suite.service.converse('m', { messages, guardrailConfig: CONFIG });
    expect(body).toMatchObject({ stopReason: 'end_turn' });
    expect(suite.sentText).toContain('forbidden');
  });

  it.each(['converse', 'converse-stream'])('reports hidden text that %s leaves out', async (operation) => {
    suite.service.answerWith({
      model: operation === 'converse' ? answerJson(textCompletion('Hi')) : answerChunks(textChunks('Hi')),
    });
    const hidden = await docx({ body: paragraph(run('seen') + run('forbidden', '<w:vanish/>')) });
    const response = await suite.service.post('m', operation, {
      body: JSON.stringify(asking(document('docx', hidden))),
    });
    await response.bytes();
    expect([response.status, response.headers.get('x-proxy-ignored-parameters')]).toEqual([
      200,
      'messages.*.content.*.document.source.bytes',
    ]);
    expect(suite.sentText).not.toContain('forbidden');
  });

  it.each(['converse', 'converse-stream'])(
    'refuses a document that cannot be read: %s',
    async (operation) => {
      const response = await suite.service.post('m', operation, {
        body: JSON.stringify(asking(document('pdf', 'no PDF'))),
      });
      expect([response.status, await response.json()]).toEqual([
        400,
        {
          message:
            'The value at messages.0.content.1.document.source.bytes is invalid: the document is not a pdf file.',
        },
      ]);
      expect(suite.service.asked['model']).toBe(0);
    },
  );
});
