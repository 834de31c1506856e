import { textCompletion } from './support/answers.js';
import { Build } from './support/build.js';
import { BuiltProxy } from './support/built-proxy.js';
import { pdf } from './support/documents.js';
import { HOSTILE_DOCUMENTS } from './support/hostile-documents.js';
import { answerJson, startScriptedUpstream, type ScriptedUpstream } from './support/scripted-upstream.js';

/** CPU time for which a document may hold up the calls of others, beside that of any body of its size. */
const MAX_TURN_MS = 50;

/** Bounds of the worker's heap, and of what files expand to or PDFs take. */
const WORKER_MB = { DOCUMENT_MEMORY_MB: 64, DOCUMENT_MAX_EXPANDED_MB: 128 };
/** Of the process: the body and its copies, and garbage that nobody has collected yet, come on top of the bounds. */
const MAX_GROWTH_MB = 2 * (WORKER_MB.DOCUMENT_MEMORY_MB + WORKER_MB.DOCUMENT_MAX_EXPANDED_MB);

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
      DOCUMENT_MEMORY_MB: String(WORKER_MB.DOCUMENT_MEMORY_MB),
      DOCUMENT_MAX_EXPANDED_MB: String(WORKER_MB.DOCUMENT_MAX_EXPANDED_MB),
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

  it.each(Object.entries(HOSTILE_DOCUMENTS))(
    'is refused, and holds up nobody: %s',
    async (_, [format, make]) => {
      const bytes = await make();
      const bodyMs = await proxy.longestTurnMs(async () => {
        await ask(picture(bytes));
      });
      let answer: Response | undefined;
      let longestMs = Infinity;
      const growthMb = await proxy.peakGrowthMb(async () => {
        longestMs = await proxy.longestTurnMs(async () => {
          answer = await ask(document(format, bytes));
        });
      });
      expect(await answer?.json()).toEqual({
        message: expect.stringMatching(
          /^The value at messages\.0\.content\.1\.document\.source\.bytes is invalid: the document /,
        ) as unknown,
      });
      expect(answer?.status).toBe(400);
      expect(longestMs).toBeLessThan(bodyMs + MAX_TURN_MS);
      expect(growthMb).toBeLessThan(MAX_GROWTH_MB);
      // the reader is well
      expect((await ask(document('pdf', pdf([['fine']])))).status).toBe(200);
    },
  );
});
