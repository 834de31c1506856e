import { GuardedService, TEAM_A_BEARER } from './support/guarded-service.js';
import { InspectorClient } from './support/inspector-client.js';
import { answerJson } from './support/scripted-upstream.js';
import { textCompletion } from './support/answers.js';

const prices = { input: 1_000, cachedInput: 100, output: 10_000, currency: 'EUR' };
const usage = {
  prompt_tokens: 30,
  completion_tokens: 5,
  total_tokens: 35,
  prompt_tokens_details: { cached_tokens: 10 },
};

it('The cost of an answer is counted by model and client, and shown in the inspector', async () => {
  await using service = await GuardedService.start(
    {
      models: [
        { match: 'priced', route: [{ upstream: 'local', model: 'gpt-5', prices }] },
        { match: 'free', route: [{ upstream: 'local', model: 'qwen3' }] },
      ],
    },
    { INSPECTOR: 'true' },
  );
  service.upstream.answerWith(answerJson({ ...textCompletion('Hi'), usage }));
  const inspector = new InspectorClient(service.proxy.managementUrl);
  const costOf = async (modelId: string) => {
    const response = await fetch(`${service.url}/model/${modelId}/converse`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEAM_A_BEARER}` },
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
    });
    await response.arrayBuffer();
    return (await inspector.call(response.headers.get('x-amzn-requestid'))).cost;
  };
  // 20 input tokens, 10 from the cache, 5 of output
  expect(await costOf('priced')).toEqual({ amount: 0.071, currency: 'EUR' });
  expect(await costOf('free')).toBeUndefined();
  const metrics = await (await fetch(`${service.proxy.managementUrl}/metrics`)).text();
  expect(metrics.match(/^proxy_cost_total\{.*$/gm)).toEqual([
    'proxy_cost_total{gen_ai_request_model="gpt-5",client="team-a",currency="EUR"} 0.071',
  ]);
});
