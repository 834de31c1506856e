import {
  ConverseCommand,
  ConverseStreamCommand,
  type BedrockRuntimeClient,
  type ContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import { textChunks, textCompletion } from '../support/answers.js';
import { docx, heading, paragraph, pdf, run } from '../support/documents.js';
import { answerChunks, answerJson } from '../support/scripted-upstream.js';
import { Service } from '../support/service.js';
import { bedrockClient } from './bedrock-client.js';

const WORD = await docx({ body: heading(1, 'Über uns') + paragraph(run('Köln')) });
const PDF = pdf([['Invoice 7']]);
const CONTENT: ContentBlock[] = [
  { text: 'What do they say?' },
  { document: { name: 'word', format: 'docx', source: { bytes: WORD } } },
  { document: { name: 'invoice', format: 'pdf', source: { bytes: PDF } } },
];
const IN_WORD = '<document name="word" format="docx">\n# Über uns\n\nKöln\n</document>';
const IN_PDF = '<document name="invoice" format="pdf">\n[page 1]\n\nInvoice 7\n</document>';
const AS_TEXT = ['What do they say?', IN_WORD, IN_PDF].join('\n');

describe.each([
  ['vllm', AS_TEXT],
  ['ollama', AS_TEXT],
  [
    'openai',
    [
      { type: 'text', text: 'What do they say?' },
      { type: 'text', text: IN_WORD },
      {
        type: 'file',
        file: {
          filename: 'invoice.pdf',
          file_data: `data:application/pdf;base64,${PDF.toString('base64')}`,
        },
      },
    ],
  ],
])('A docx and a PDF of the AWS SDK, asked about on %s', (dialect, content) => {
  let service: Service;
  let client: BedrockRuntimeClient;

  beforeAll(async () => {
    service = await Service.start({ OPENAI_DIALECT: dialect });
    client = bedrockClient(service.url);
  });
  afterAll(async () => {
    client.destroy();
    await service[Symbol.asyncDispose]();
  });
  beforeEach(() => service.reset());

  const input = { modelId: 'm', messages: [{ role: 'user' as const, content: CONTENT }] };
  const sent = (): unknown => (service.upstreamRequests.at(-1) as { messages: unknown }).messages;

  it('are answered by Converse', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Köln and 7.')));
    const { output } = await client.send(new ConverseCommand(input));
    expect(output?.message?.content).toEqual([{ text: 'Köln and 7.' }]);
    expect(sent()).toEqual([{ role: 'user', content }]);
  });

  it('are answered by ConverseStream', async () => {
    service.upstream.answerWith(answerChunks(textChunks('Köln', ' and 7.')));
    const { stream } = await client.send(new ConverseStreamCommand(input));
    const texts: (string | undefined)[] = [];
    for await (const event of stream ?? []) texts.push(event.contentBlockDelta?.delta?.text);
    expect(texts.join('')).toBe('Köln and 7.');
    expect(sent()).toEqual([{ role: 'user', content }]);
  });
});
