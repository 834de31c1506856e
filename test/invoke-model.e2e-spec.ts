import request from 'supertest';
import { textCompletion } from './support/answers.js';
import { answerJson } from './support/scripted-upstream.js';
import { Service } from './support/service.js';

let service: Service;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => service.reset());

describe('InvokeModel', () => {
  it('answers in the format of the body', async () => {
    service.upstream.answerWith(answerJson(textCompletion('Hi')));
    const response = await request(service.url)
      .post('/model/us.amazon.nova-lite-v1:0/invoke')
      .type('application/octet-stream')
      .send(
        JSON.stringify({
          messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
          inferenceConfig: { max_new_tokens: 5 },
        }),
      );
    expect(response.body).toMatchObject({
      output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
    });
    expect(service.upstreamRequests).toEqual([expect.objectContaining({ max_tokens: 5 })]);
  });
});
