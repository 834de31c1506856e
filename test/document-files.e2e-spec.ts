import { textCompletion } from './support/answers.js';
import { type DocumentFile, readDocumentFiles } from './support/document-file.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

const FILES = await readDocumentFiles();
const PATH = 'messages.0.content.1.document.source.bytes';

describe('A document for a server that takes none', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.start({ OPENAI_DIALECT: 'vllm' });
  });
  afterAll(() => service[Symbol.asyncDispose]());
  beforeEach(() => service.reset());

  it.each(FILES)('is its text, or refused: $name', async (file) => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const response = await fetch(`${service.url}/model/m/converse`, { method: 'POST', body: asking(file) });
    expect({
      status: response.status,
      message: ((await response.json()) as { message?: string }).message,
      ignored: response.headers.get('x-proxy-ignored-parameters'),
      sent: service.upstreamRequests.map(textOf),
    }).toEqual(expectedOf(file));
  });
});

function asking({ format, bytes }: DocumentFile): string {
  const document = { name: 'file', format, source: { bytes: bytes.toString('base64') } };
  return JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'What is this?' }, { document }] }] });
}

function expectedOf({ format, expected, leavesOutHidden }: DocumentFile): object {
  if ('refusal' in expected) {
    const message = `The value at ${PATH} is invalid: the document ${expected.refusal}.`;
    return { status: 400, message, ignored: null, sent: [] };
  }
  return {
    status: 200,
    message: undefined,
    ignored: leavesOutHidden ? 'messages.*.content.*.document.source.bytes' : null,
    sent: [`What is this?\n<document name="file" format="${format}">\n${expected.text}\n</document>`],
  };
}

function textOf(body: unknown): string | undefined {
  const { messages } = body as { messages: { content: string }[] };
  return messages[0]?.content;
}
