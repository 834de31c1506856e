import { docx, paragraph, pdf, run, scan } from './support/documents.js';
import { FILTERING, GUARDRAIL, GUARDRAIL_HEADERS, moderation } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';
import { answerJson } from './support/scripted-upstream.js';

const FILTER_HEADERS = { ...GUARDRAIL_HEADERS, 'x-amzn-bedrock-guardrailidentifier': FILTERING.id };
const TAG = 'amazon-bedrock-guardrails-guardContent_x1';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const SCAN = base64(scan([[255, 255, 255]]));
const PNG = 'iVBORw0KGgo=';

const suite = guardedSuite();

function base64(bytes: Buffer | string): string {
  return Buffer.from(bytes).toString('base64');
}

const dataUri = (mediaType: string, bytes: Buffer | string): string =>
  `data:${mediaType};base64,${base64(bytes)}`;
const file = (file_data: string, filename?: string) => ({ type: 'file', file: { file_data, filename } });
const text = (words: string) => ({ type: 'text', text: words });

interface Asked {
  readonly headers?: Record<string, string>;
  readonly role?: string;
  readonly more?: object;
}

async function ask(parts: object[], { headers = GUARDRAIL_HEADERS, role = 'user', more }: Asked = {}) {
  const response = await fetch(`${suite.service.proxy.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'm', messages: [{ role, content: parts }], ...more }),
  });
  return { status: response.status, body: JSON.stringify(await response.json()) };
}

const sentParts = (): unknown => Reflect.get(Object(Object(suite.sentMessages)[0]), 'content');

describe('A file of a chat completion', () => {
  it.each<[name: string, part: () => object | Promise<object>]>([
    ['a PDF', () => file(dataUri('application/pdf', pdf([['a forbidden word']])))],
    ['a PDF in base64 alone', () => file(base64(pdf([['a forbidden word']])))],
    [
      'a docx by its media type',
      async () => file(dataUri(WORD, await docx({ body: paragraph(run('forbidden')) }))),
    ],
    [
      'a docx by its name',
      async () => file(base64(await docx({ body: paragraph(run('forbidden')) })), 'letter.DOCX'),
    ],
    ['a text', () => file(dataUri('text/csv;charset=utf-8', 'a;forbidden'))],
    ['a text of a type that nobody knows', () => file(dataUri('application/x-notes', 'forbidden'))],
    ['the name of a file', () => file(dataUri('text/plain', 'fine'), 'forbidden.txt')],
    ['the name of a scan', () => file(`data:application/pdf;base64,${SCAN}`, 'forbidden.pdf')],
    [
      'a document at a data URI',
      () => ({ type: 'document_url', document_url: dataUri('text/plain', 'forbidden') }),
    ],
    [
      'a document at a data URI in an object',
      () => ({ type: 'document_url', document_url: { url: dataUri('text/plain', 'forbidden') } }),
    ],
    [
      'a file whose members stand in the part',
      () => ({ type: 'input_file', file_data: dataUri('text/plain', 'forbidden') }),
    ],
    ['a text part of another type', () => ({ type: 'input_text', text: 'forbidden' })],
    [
      'a file in a part that has a text as well',
      () => ({ ...file(dataUri('text/plain', 'forbidden')), text: 'fine' }),
    ],
    [
      'a text in a part with a scan',
      () => ({ ...file(`data:application/pdf;base64,${SCAN}`), text: 'forbidden' }),
    ],
  ])('is blocked: %s', async (_, part) => {
    expect(await ask([text('What is this?'), await part()])).toEqual({
      status: 200,
      body: expect.stringContaining(GUARDRAIL.blockedInputMessaging) as string,
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it('is sent as the text that was examined and masked', async () => {
    const mailed = file(dataUri('application/pdf', pdf([['ask ana@example.com']])), 'T-1234.pdf');
    expect(await ask([text('T-5678'), mailed])).toMatchObject({ status: 200 });
    expect(sentParts()).toEqual([
      text('{ticket}'),
      text('<document name="{ticket}.pdf" format="pdf">\n[page 1]\n\nask {EMAIL}\n</document>'),
    ]);
  });

  it.each<[name: string, parts: object[], asked: Asked]>([
    ['a scan', [file(`data:application/pdf;base64,${SCAN}`, 'a.pdf')], {}],
    ['an image', [file(`data:image/png;base64,${PNG}`, 'a.png')], {}],
    ['sound', [{ type: 'input_audio', input_audio: { data: PNG, format: 'wav' } }], {}],
    ['a file of the model', [file(dataUri('text/plain', 'forbidden'))], { role: 'assistant' }],
    ['a file without a guardrail', [file(dataUri('text/plain', 'forbidden'))], { headers: {} }],
  ])('is left as it is: %s', async (_, parts, asked) => {
    expect(await ask(parts, asked)).toMatchObject({ status: 200 });
    expect(sentParts()).toEqual(parts);
  });

  it('is left as it is beside tagged text, which alone is examined then', async () => {
    const more = { 'amazon-bedrock-guardrailConfig': { tagSuffix: 'x1' } };
    const notes = file(dataUri('text/plain', 'forbidden'));
    await ask([text(`<${TAG}>T-1234</${TAG}>`), notes], { more });
    expect(sentParts()).toEqual([text('{ticket}'), notes]);
  });

  it('with tags inside of it is examined all the same', async () => {
    const more = { 'amazon-bedrock-guardrailConfig': { tagSuffix: 'x1' } };
    const notes = file(dataUri('text/plain', `<${TAG}>fine</${TAG}> forbidden`));
    expect(await ask([text('Hello'), notes], { more })).toMatchObject({
      body: expect.stringContaining(GUARDRAIL.blockedInputMessaging) as string,
    });
  });

  it.each<[name: string, part: object, url: unknown]>([
    [
      'the pages of a scan',
      file(`data:application/pdf;base64,${SCAN}`),
      expect.stringMatching(/^data:image\/jpeg;/),
    ],
    ['an image', file(`data:image/png;base64,${PNG}`), `data:image/png;base64,${PNG}`],
    [
      'an image in place of a document',
      { type: 'document_url', document_url: `data:IMAGE/PNG;name=a;base64,${PNG}` },
      `data:image/png;base64,${PNG}`,
    ],
    [
      'an image without an object',
      { type: 'image_url', image_url: `data:image/png;base64,${PNG}` },
      `data:image/png;base64,${PNG}`,
    ],
  ])('is seen by content filters: %s', async (_, part, url) => {
    suite.service.answerWith({ moderation: answerJson(moderation({ hate: 0.99 })) });
    const { body } = await ask([part], { headers: FILTER_HEADERS });
    expect(body).toContain('"amazon-bedrock-guardrailAction":"INTERVENED"');
    const input: unknown = Reflect.get(
      Object(suite.service.upstream('moderation').lastRequest?.body),
      'input',
    );
    expect((input as unknown[]).at(-1)).toEqual({ type: 'image_url', image_url: { url } });
  });

  it.each<[name: string, part: object, path: string, reason: string]>([
    ['an uploaded file', { type: 'file', file: { file_id: 'f1' } }, 'file.file_data', 'is not supported'],
    ['an address', file('https://example.com/a.pdf'), 'file.file_data', 'is not supported'],
    ['data that is no base64', file('data:text/plain,forbidden'), 'file.file_data', 'is not supported'],
    ['broken base64', file('data:text/plain;base64,%%%%'), 'file.file_data', 'is invalid'],
    ['a PDF that is none', file(dataUri('application/pdf', 'x')), 'file.file_data', 'is invalid'],
    ['bytes that are no text', file(base64(Buffer.from([0xff]))), 'file.file_data', 'is invalid'],
    [
      'a document at an address',
      { type: 'document_url', document_url: 'https://example.com/a.pdf' },
      'document_url',
      'is not supported',
    ],
  ])('is refused, because nobody can read it: %s', async (_, part, path, reason) => {
    expect(await ask([text('Hello'), part])).toEqual({
      status: 400,
      body: expect.stringContaining(`The value at messages.0.content.1.${path} ${reason}`) as string,
    });
    expect(suite.service.asked['model']).toBe(0);
  });

  it('is reported when parts of it are left out', async () => {
    const hidden = await docx({ body: paragraph(run('seen') + run('forbidden', '<w:vanish/>')) });
    const response = await fetch(`${suite.service.proxy.url}/v1/chat/completions`, {
      method: 'POST',
      headers: GUARDRAIL_HEADERS,
      body: JSON.stringify({
        model: 'm',
        messages: [{ role: 'user', content: [file(dataUri(WORD, hidden))] }],
      }),
    });
    expect([response.status, response.headers.get('x-proxy-ignored-parameters')]).toEqual([
      200,
      'messages.*.content.*.file.file_data',
    ]);
    expect(suite.sentText).not.toContain('forbidden');
  });
});
