import { FILTERING, moderation } from './support/guarded-file.js';
import { LogLines } from './support/log-lines.js';
import { RoutedService } from './support/routed-service.js';
import { Scrape } from './support/scrape.js';
import { answerJson } from './support/scripted-upstream.js';
import { TRACED_REQUESTS, type TracedRequest } from './support/traced-requests.js';

/** Series that count, or of histograms the counts and sums of what is the same in every run. */
const COUNTED = new Set([
  'proxy_requests_total',
  'gen_ai_server_request_duration_seconds_count',
  'gen_ai_server_time_to_first_token_seconds_count',
  'gen_ai_client_token_usage_sum',
]);
const TARGET = {
  gen_ai_provider_name: 'vllm',
  gen_ai_request_model: 'served',
  gen_ai_response_model: 'served',
  gen_ai_original_model: 'sole',
};

const log = new LogLines();
let service: RoutedService;

beforeAll(async () => {
  service = await RoutedService.start(
    {
      upstreams: { first: { dialect: 'vllm' }, moderation: { dialect: 'openai' } },
      models: [{ match: 'sole', route: [{ upstream: 'first', model: 'served' }] }],
      guardrails: [FILTERING],
    },
    { LOG_LEVEL: 'info' },
    log,
  );
});
afterAll(() => service[Symbol.asyncDispose]());

type Counts = Readonly<Record<string, number>>;

const keyOf = (name: string, labels: object): string => {
  const sorted = Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${name} ${JSON.stringify(sorted)}`;
};

async function counts(): Promise<Counts> {
  const { samples } = await Scrape.of(service.proxy.managementUrl);
  const counted = samples.filter(({ name, value }) => COUNTED.has(name) && value > 0);
  return Object.fromEntries(counted.map(({ name, labels, value }) => [keyOf(name, labels), value]));
}

/** What one request adds. */
function growth(before: Counts, after: Counts): Counts {
  const grown = Object.entries(after).filter(([key, value]) => value !== before[key]);
  return Object.fromEntries(grown.map(([key, value]) => [key, value - (before[key] ?? 0)]));
}

async function asked({ path, body, script }: TracedRequest): Promise<Counts> {
  service.answerWith({ first: script, moderation: answerJson(moderation({})) });
  const before = await counts();
  const response = await fetch(service.proxy.url + path, { method: 'POST', body: JSON.stringify(body) });
  await response.bytes();
  await log.ofRequest(response.headers.get('x-amzn-requestid'));
  return growth(before, await counts());
}

/** What the metrics say, from what the spans say of the call of the model. */
function expected({ operation, calls, isRefused }: TracedRequest): Counts {
  const answered = isRefused ? ['400', 'ValidationException'] : ['200', ''];
  const [status = '', exception = ''] = answered;
  const requests = keyOf('proxy_requests_total', { operation, status, exception });
  const [, attributes = {}] = calls.find(([name]) => name.endsWith(' served')) ?? [];
  const span = attributes as Readonly<Record<string, unknown>>;
  const name = span['gen_ai.operation.name'];
  if (name === undefined) return { [requests]: 1 };
  const answer = { ...TARGET, gen_ai_operation_name: name, error_type: '' };
  const isStream = span['gen_ai.request.stream'] === true;
  return {
    [requests]: 1,
    [keyOf('gen_ai_server_request_duration_seconds_count', answer)]: 1,
    ...(isStream && { [keyOf('gen_ai_server_time_to_first_token_seconds_count', answer)]: 1 }),
    ...Object.fromEntries(
      ['input', 'output'].flatMap((type) => {
        const tokens = span[`gen_ai.usage.${type}_tokens`];
        const labels = { ...TARGET, gen_ai_operation_name: name, gen_ai_token_type: type };
        return typeof tokens !== 'number' ? [] : [[keyOf('gen_ai_client_token_usage_sum', labels), tokens]];
      }),
    ),
  };
}

describe('The metrics', () => {
  it.each(TRACED_REQUESTS.map((one) => [one.name, one] as const))(
    'count %s as its spans tell it',
    async (_, one) => {
      expect(await asked(one)).toEqual(expected(one));
    },
  );
});
