import type { Environment } from '../src/config/environment.js';
import { textChunks, textCompletion } from './support/answers.js';
import { docx, paragraph, pdf, run, sheetOf, workbookBytes, workbookOf } from './support/documents.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const DOCX = await docx({ body: paragraph(run('Hello from Word')) });
const PDF = pdf([['Hello from PDF']]);

const document = (format: string, bytes: Buffer, name = 'file') => ({
  document: { name, format, source: { bytes: bytes.toString('base64') } },
});

function asking(...content: object[]): string {
  return JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'What is this?' }, ...content] }] });
}

describe.each(['vllm', 'ollama', 'openai'])('Documents for a server of the dialect %s', (dialect) => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start({ OPENAI_DIALECT: dialect, UPSTREAM_COUNT_TOKENS: 'estimate' });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  const post = (operation: string, body: string) =>
    fetch(`${service.url}/model/m/${operation}`, { method: 'POST', body });
  const sent = () => JSON.stringify(service.upstreamRequests);

  it('are sent as text in their element, whole or streamed', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Word.')));
    expect((await post('converse', asking(document('docx', DOCX)))).status).toBe(200);
    service.upstream.answerWith(answerChunks(textChunks('Word.')));
    const stream = await post('converse-stream', asking(document('docx', DOCX)));
    expect(stream.status).toBe(200);
    await stream.bytes();
    expect(service.upstreamRequests).toHaveLength(2);
    expect(sent()).toContain(
      String.raw`<document name=\"file\" format=\"docx\">\nHello from Word\n</document>`,
    );
  });

  it('are sent as PDF where the server takes PDF', async () => {
    service.upstream.answerWith(answerJson(textCompletion('PDF.')));
    await post('converse', asking(document('pdf', PDF), document('docx', DOCX, 'other')));
    expect(sent().includes('Hello from PDF')).toBe(dialect !== 'openai');
    expect(sent().includes(PDF.toString('base64'))).toBe(dialect === 'openai');
    expect(sent()).toContain('Hello from Word');
  });

  it('are read in tool results', async () => {
    service.upstream.answerWith(answerJson(textCompletion('A table.')));
    const xlsx = workbookBytes(workbookOf({ Sheet: [['Hello from Excel']] }), 'xlsx');
    const response = await post(
      'converse',
      JSON.stringify({
        messages: [
          { role: 'user', content: [{ text: 'Read it.' }] },
          { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'read', input: {} } }] },
          {
            role: 'user',
            content: [{ toolResult: { toolUseId: 't', content: [document('xlsx', xlsx)] } }],
          },
        ],
      }),
    );
    expect(response.status).toBe(200);
    expect(sent()).toContain('| Hello from Excel |');
  });

  it('that cannot be read are refused by their path, and cost no call', async () => {
    const content = [document('docx', DOCX), document('xls', Buffer.from('no workbook'))];
    const response = await post('converse', asking(...content));
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        message:
          'The value at messages.0.content.2.document.source.bytes is invalid: the document is not a xls file.',
      },
    ]);
    expect(service.upstreamRequests).toEqual([]);
  });

  it('are counted', async () => {
    const converse = JSON.parse(asking(document('docx', DOCX))) as object;
    const response = await post('count-tokens', JSON.stringify({ input: { converse } }));
    expect([response.status, await response.json()]).toEqual([
      200,
      { inputTokens: expect.any(Number) as unknown },
    ]);
  });

  it('with hidden text are reported', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Word.')));
    const hidden = await docx({ body: paragraph(run('seen') + run('hidden', '<w:vanish/>')) });
    const response = await post('converse', asking(document('docx', hidden)));
    expect(response.headers.get('x-proxy-ignored-parameters')).toBe(
      'messages.*.content.*.document.source.bytes',
    );
    expect(sent()).not.toContain('hidden');
  });
});

describe('The reader of documents', () => {
  const limited = async (environment: Partial<Record<keyof Environment, string>>, bytes: Buffer) => {
    await using service = await Service.start({ OPENAI_DIALECT: 'vllm', ...environment });
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const response = await fetch(`${service.url}/model/m/converse`, {
      method: 'POST',
      body: asking(document('xlsx', bytes)),
    });
    const { message } = (await response.json()) as { message?: string };
    return { status: response.status, message };
  };
  it('has a bound of time', async () => {
    expect(await limited({ DOCUMENT_TIMEOUT_MS: '1' }, await sheetOf(100_000))).toEqual({
      status: 400,
      message: expect.stringContaining('the document cannot be read within 1 ms') as unknown,
    });
  });

  // its text alone is larger than the bound, and the bound of time is not what is tested
  it('has a bound of memory', async () => {
    const environment = {
      DOCUMENT_MEMORY_MB: '32',
      DOCUMENT_MAX_CELLS: '10000000',
      DOCUMENT_TIMEOUT_MS: '240000',
    };
    expect(await limited(environment, await sheetOf(1_000_000))).toEqual({
      status: 400,
      message: expect.stringContaining('the document needs more than 32 MB to be read') as unknown,
    });
  });

  it('reads a document that is sent again from its cache', async () => {
    await using service = await Service.start({ OPENAI_DIALECT: 'vllm', DOCUMENT_TIMEOUT_MS: '20000' });
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    for (let turn = 0; turn < 3; turn += 1) {
      const body = asking(document('docx', DOCX));
      expect((await fetch(`${service.url}/model/m/converse`, { method: 'POST', body })).status).toBe(200);
    }
    expect(new Set(service.upstreamRequests.map((sent) => JSON.stringify(sent))).size).toBe(1);
  });
});
