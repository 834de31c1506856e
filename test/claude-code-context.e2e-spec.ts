import {
  BedrockClient,
  GetInferenceProfileCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock';
import { hash } from 'node:crypto';
import { textCompletion } from './support/answers.js';
import { byPath, countTokens, HELLO_MESSAGES } from './support/counting-upstream.js';
import { LogLines } from './support/log-lines.js';
import { bearer, RoutedService } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';
import { answerJson, type UpstreamScript } from './support/scripted-upstream.js';

/** As many counts as Claude Code asks for at once. */
const BURST = 30;
const CONCURRENT = 8;
const PROFILE = 'us.anthropic.claude-sonnet-4-20250514-v1:0';
const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';

const log = new LogLines();
let service: RoutedService;

beforeEach(async () => {
  service = await RoutedService.start(
    {
      upstreams: { vllm: { dialect: 'vllm', maxConcurrency: 1 } },
      models: [{ match: '*claude*', route: [{ upstream: 'vllm', model: 'qwen' }] }],
      clients: [
        {
          name: 'code',
          bearerSha256: hash('sha256', 'code'),
          limits: { requestsPerMinute: 3, concurrent: 2 },
        },
      ],
    },
    { LOG_LEVEL: 'info' },
    log,
  );
  log.clear();
});
afterEach(() => service[Symbol.asyncDispose]());

const input = { converse: { messages: [{ role: 'user', content: [{ text: 'Hello...' }] }] } };
const count = () => countTokens(service.proxy.url, MODEL, input, bearer('code'));

/** Counts are held until as many wait as the proxy sends at once. */
class HeldCounts {
  most = 0;
  private active = 0;
  private held: (() => void)[] | undefined = [];

  readonly script: UpstreamScript = (_request, response) => {
    this.active += 1;
    this.most = Math.max(this.most, this.active);
    const answer = () => {
      this.active -= 1;
      response.end(JSON.stringify({ count: 7 }));
    };
    if (this.held === undefined) answer();
    else this.held.push(answer);
  };

  release(): void {
    const { held = [] } = this;
    this.held = undefined;
    for (const answer of held) answer();
  }
}

describe('The context window of Claude Code', () => {
  it('finds its profile, and a model behind it that it may call', async () => {
    const client = new BedrockClient({
      endpoint: service.proxy.url,
      region: 'us-east-1',
      token: { token: 'code' },
      authSchemePreference: ['httpBearerAuth'],
    });
    const list = await client.send(new ListInferenceProfilesCommand({ typeEquals: 'SYSTEM_DEFINED' }));
    expect(list.inferenceProfileSummaries).toContainEqual(
      expect.objectContaining({
        inferenceProfileId: PROFILE,
        models: [{ modelArn: expect.stringMatching(`/${MODEL}$`) as string }],
      }),
    );
    const { models } = await client.send(
      new GetInferenceProfileCommand({ inferenceProfileIdentifier: PROFILE }),
    );
    client.destroy();
    const modelId = models?.[0]?.modelArn?.split('/').at(-1);
    expect(modelId).toBe(MODEL);
  });

  it('is counted at once, within limits of its own', async () => {
    const counts = new HeldCounts();
    service.answerWith({ vllm: counts.script });
    const answers = Promise.all(Array.from({ length: BURST }, count));
    await service.upstream('vllm').received(CONCURRENT);
    counts.release();
    expect(await answers).toEqual(
      Array.from({ length: BURST }, () => ({
        status: 200,
        source: 'exact;source=vllm',
        body: { inputTokens: 7 },
      })),
    );
    expect(counts.most).toBe(CONCURRENT);
    expect(service.upstream('vllm').requests[0]?.body).toMatchObject({ messages: HELLO_MESSAGES });

    // ten counts for each request of the minute; the requests themselves are still left
    expect(await count()).toMatchObject({ status: 429 });
    service.answerWith({ vllm: answerJson(textCompletion('Hi')) });
    expect(await service.converse(MODEL, undefined, bearer('code'))).toMatchObject({ status: 200 });
  });

  it('is recorded in the log and the metrics with the way it was counted', async () => {
    service.answerWith({ vllm: byPath({ '/tokenize': answerJson({ count: 7 }) }) });
    await count();
    service.answerWith({ vllm: byPath({}) });
    await count();
    await log.reach(2);
    expect(
      log.requests.map(({ operation, tokenCount, attempts }) => [operation, tokenCount, attempts]),
    ).toEqual([
      ['countTokens', 'exact;source=vllm', 1],
      ['countTokens', 'estimated;source=characters', 1],
    ]);
    const metrics = await Scrape.of(service.proxy.managementUrl);
    const series = metrics.series('proxy_token_counts_total');
    expect(series.map(({ labels, value }) => [labels['count'], value])).toEqual([
      ['exact;source=vllm', 1],
      ['estimated;source=characters', 1],
    ]);
    expect(metrics.values('gen_ai_server_request_duration_seconds_count', 'gen_ai_operation_name')).toEqual([
      'count_tokens',
    ]);
  });
});
