import { textCompletion } from './support/answers.js';
import { Build } from './support/build.js';
import { BuiltProxy } from './support/built-proxy.js';
import { docx, paragraph, pdf, run, sheetOf } from './support/documents.js';
import { answerJson, startScriptedUpstream, type ScriptedUpstream } from './support/scripted-upstream.js';

const MB = 1024 * 1024;
/** CPU time for which a document may hold up the calls of others, beside that of any body of its size. */
const MAX_TURN_MS = 50;

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const nested = (depth: number): string =>
  `<w:document ${W}><w:body>${'<w:tbl><w:tr><w:tc>'.repeat(depth)}${'</w:tc></w:tr></w:tbl>'.repeat(depth)}</w:body></w:document>`;
const wordOf = (xml: string): Promise<Buffer> => docx({ body: '', files: { 'word/document.xml': xml } });

/** Documents that are built to exhaust their reader. */
const HOSTILE: Readonly<Record<string, readonly [format: string, bytes: () => Buffer | Promise<Buffer>]>> = {
  'a zip bomb': ['docx', () => docx({ body: '', files: { 'word/media/x.bin': Buffer.alloc(160 * MB) } })],
  'a million cells': ['xlsx', () => sheetOf(1_000_000)],
  'a docx of one word, a million times': [
    'docx',
    () => docx({ body: paragraph(run('word ')).repeat(300_000) }),
  ],
  'tables in tables': ['docx', () => wordOf(nested(20_000))],
  'runs without an end': ['docx', () => wordOf(`<w:document ${W}><w:body>${'<w:r '.repeat(200_000)}`)],
  'a PDF of a thousand pages': ['pdf', () => pdf(Array.from({ length: 1_000 }, () => ['page']))],
  'a PDF that is cut short': ['pdf', () => pdf([['a']]).subarray(0, 200)],
  'a doc that is none': [
    'doc',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(8 * MB)]),
  ],
};

const document = (format: string, bytes: Buffer) => ({
  document: { name: 'file', format, source: { bytes: bytes.toString('base64') } },
});

const picture = (bytes: Buffer) => ({
  image: { format: 'png', source: { bytes: bytes.toString('base64') } },
});

describe('A hostile document', () => {
  let build: Build;
  let upstream: ScriptedUpstream;
  let proxy: BuiltProxy;

  beforeAll(async () => {
    build = await Build.make();
    upstream = await startScriptedUpstream(answerJson(textCompletion('Hi')));
    const variables = {
      OPENAI_API_BASE: upstream.baseUrl,
      OPENAI_DIALECT: 'vllm',
      DOCUMENT_MEMORY_MB: '64',
      DOCUMENT_TIMEOUT_MS: '10000',
    };
    proxy = await BuiltProxy.start(build, variables, { measured: true });
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await upstream.close();
    build[Symbol.dispose]();
  });

  const ask = (...content: object[]): Promise<Response> =>
    fetch(`${proxy.url}/model/m/converse`, {
      method: 'POST',
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }, ...content] }] }),
    });

  it.each(Object.entries(HOSTILE))('is refused, and holds up nobody: %s', async (_, [format, make]) => {
    const bytes = await make();
    const bodyMs = await proxy.longestTurnMs(async () => {
      await ask(picture(bytes));
    });
    let answer: Response | undefined;
    const longestMs = await proxy.longestTurnMs(async () => {
      answer = await ask(document(format, bytes));
    });
    expect(await answer?.json()).toEqual({
      message: expect.stringMatching(
        /^The value at messages\.0\.content\.1\.document\.source\.bytes is invalid: the document /,
      ) as unknown,
    });
    expect(answer?.status).toBe(400);
    expect(longestMs).toBeLessThan(bodyMs + MAX_TURN_MS);
    // the reader is well
    expect((await ask(document('pdf', pdf([['fine']])))).status).toBe(200);
  });
});
