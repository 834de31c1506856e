import { textChunks, textCompletion } from './support/answers.js';
import { GUARDED_FILE } from './support/guarded-file.js';
import { InspectorClient } from './support/inspector-client.js';
import { RoutedService } from './support/routed-service.js';
import { answerChunks, answerJson } from './support/scripted-upstream.js';

const CONFIG = { guardrailIdentifier: 'abc123', guardrailVersion: 'DRAFT' };
const EMAIL = { policy: 'pii', type: 'EMAIL', action: 'ANONYMIZED' };

let service: RoutedService;
let inspector: InspectorClient;

beforeAll(async () => {
  service = await RoutedService.start(GUARDED_FILE, { INSPECTOR: 'true' });
  inspector = new InspectorClient(service.proxy.managementUrl);
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => service.answerWith({ model: answerJson(textCompletion('ask eve@example.com')) }));

const user = (...texts: string[]) => ({ role: 'user', content: texts.map((text) => ({ text })) });
const guardrailsOf = async (id: string | null): Promise<unknown> => (await inspector.call(id)).guardrails;

describe('The inspector', () => {
  it('shows which policy found what type where, on both sides, and nothing of the text', async () => {
    const request = { messages: [user('Hello', 'I am ana@example.com')], guardrailConfig: CONFIG };
    const { headers } = await service.converse('m', request);
    const guardrails = await guardrailsOf(headers.get('x-amzn-requestid'));
    const found = { guardrail: 'abc123', decision: 'masked', findings: [{ ...EMAIL, count: 1 }] };
    expect(guardrails).toEqual([
      { ...found, side: 'input', places: [{ ...EMAIL, text: 1, begin: 5, end: 20 }] },
      { ...found, side: 'output', places: [{ ...EMAIL, text: 0, begin: 4, end: 19 }] },
    ]);
    expect(JSON.stringify(guardrails)).not.toContain('example');
  });

  it('shows where a blocked word stands in a stream', async () => {
    service.answerWith({ model: answerChunks(textChunks('It is for', 'bidden. ')) });
    const response = await service.open('m', { messages: [user('Hello')], guardrailConfig: CONFIG });
    await response.arrayBuffer();
    const word = { policy: 'word', type: 'word', action: 'BLOCKED' };
    expect(await guardrailsOf(response.headers.get('x-amzn-requestid'))).toEqual([
      { guardrail: 'abc123', side: 'input', decision: 'none', findings: [], places: [] },
      {
        guardrail: 'abc123',
        side: 'output',
        decision: 'blocked',
        findings: [{ ...word, count: 1 }],
        places: [{ ...word, text: 0, begin: 6, end: 15 }],
      },
    ]);
  });

  it('shows no guardrail of a call that names none', async () => {
    const { headers } = await service.converse('m', { messages: [user('ana@example.com')] });
    expect(await guardrailsOf(headers.get('x-amzn-requestid'))).toBeUndefined();
  });
});
