/** Series in the notation of promtool, by name and labels: one sample a minute. */
type World = Readonly<Record<string, string>>;

interface AlertCase {
  readonly name: string;
  /** What differs from a day when all is well. */
  readonly world: World;
  /** All that fire then, and no other. */
  readonly firing: readonly string[];
}

const JOB = 'job="bedrock-to-openai-proxy",namespace="n"';
const REQUESTS = 'proxy_requests_total{namespace="n",operation="converse"';
const SUCCESSES = `${REQUESTS},status="200",exception=""}`;
const ATTEMPTS = 'proxy_upstream_attempts_total{namespace="n",upstream="u"';
const FIRST_TOKEN = 'gen_ai_server_time_to_first_token_seconds_bucket{namespace="n",gen_ai_request_model="m"';

/** Two replicas, ten requests a second. */
const WELL: World = {
  [`up{${JOB},pod="a"}`]: '1+0x60',
  [`up{${JOB},pod="b"}`]: '1+0x60',
  [SUCCESSES]: '0+600x60',
  [`${FIRST_TOKEN},le="1"}`]: '0+600x60',
  [`${FIRST_TOKEN},le="10"}`]: '0+600x60',
  [`${FIRST_TOKEN},le="+Inf"}`]: '0+600x60',
  [`process_start_time_seconds{${JOB},pod="a"}`]: '1000+0x60',
  'proxy_upstream_breaker_state{namespace="n",pod="a",upstream="u"}': '0+0x60',
  [`${ATTEMPTS},outcome="success"}`]: '0+600x60',
  'proxy_shed_total{namespace="n",reason="in_flight"}': '0+0x60',
  'proxy_rate_limited_total{namespace="n",scope="client"}': '0+0x60',
  'proxy_auth_failures_total{namespace="n",reason="signature"}': '0+0x60',
  'proxy_client_disconnects_total{namespace="n",operation="converse"}': '0+0x60',
  [`nodejs_eventloop_lag_p99_seconds{${JOB},pod="a"}`]: '0.012+0x60',
  [`process_resident_memory_bytes{${JOB},pod="a"}`]: '200000000+0x60',
  [`config_last_reload_successful{${JOB},pod="a"}`]: '1+0x60',
};

const CASES: readonly AlertCase[] = [
  { name: 'all is well', world: {}, firing: [] },
  {
    name: 'no replica answers',
    world: { [`up{${JOB},pod="a"}`]: '0+0x60', [`up{${JOB},pod="b"}`]: '0+0x60' },
    firing: ['ProxyDown', 'ProxyWithoutSpare'],
  },
  {
    name: 'Prometheus knows of no replica',
    world: { [`up{${JOB},pod="a"}`]: '_x60', [`up{${JOB},pod="b"}`]: '_x60' },
    firing: ['ProxyDown'],
  },
  {
    name: 'one of two replicas answers',
    world: { [`up{${JOB},pod="b"}`]: '0+0x60' },
    firing: ['ProxyWithoutSpare'],
  },
  {
    name: 'a fifth of the requests fail',
    world: { [`${REQUESTS},status="500",exception="InternalServerException"}`]: '0+150x60' },
    firing: ['ProxyErrorBudgetFastBurn', 'ProxyErrorBudgetSlowBurn'],
  },
  {
    name: 'a fifth of the streams break after their first event',
    world: { [`${REQUESTS},status="200",exception="modelStreamErrorException"}`]: '0+150x60' },
    firing: ['ProxyErrorBudgetFastBurn', 'ProxyErrorBudgetSlowBurn'],
  },
  {
    name: 'one request in twelve fails',
    world: { [`${REQUESTS},status="503",exception="ServiceUnavailableException"}`]: '0+55x60' },
    firing: ['ProxyErrorBudgetSlowBurn'],
  },
  {
    name: 'half of the requests are wrong',
    world: { [`${REQUESTS},status="400",exception="ValidationException"}`]: '0+600x60' },
    firing: [],
  },
  {
    name: 'one of the two requests of an hour fails',
    world: {
      [SUCCESSES]: '0+0x20 1+0x40',
      [`${REQUESTS},status="500",exception="InternalServerException"}`]: '0+0x30 1+0x30',
    },
    firing: [],
  },
  {
    name: 'first tokens take between 1 and 10 s',
    world: { [`${FIRST_TOKEN},le="1"}`]: '0+0x60' },
    firing: ['ProxySlowFirstToken'],
  },
  {
    name: 'a container restarts every five minutes',
    world: { [`process_start_time_seconds{${JOB},pod="a"}`]: '1000+0x20 1300+0x5 1600+0x5 1900+0x30' },
    firing: ['ProxyRestarting'],
  },
  {
    name: 'a breaker does not close',
    world: { 'proxy_upstream_breaker_state{namespace="n",pod="a",upstream="u"}': '0+0x20 2+0x5 1 2+0x40' },
    firing: ['ProxyUpstreamBreakerOpen'],
  },
  {
    name: 'a breaker closes after three minutes',
    world: { 'proxy_upstream_breaker_state{namespace="n",pod="a",upstream="u"}': '0+0x34 2+0x2 0+0x20' },
    firing: [],
  },
  {
    name: 'a third of the calls to an upstream fail, and another one answers',
    world: { [`${ATTEMPTS},outcome="connect"}`]: '0+300x60' },
    firing: ['ProxyUpstreamFailing'],
  },
  {
    name: 'an upstream finds fault with a third of the requests',
    world: { [`${ATTEMPTS},outcome="refused"}`]: '0+300x60' },
    firing: [],
  },
  {
    name: 'a third of the calls end because the client leaves',
    world: {
      [`${ATTEMPTS},outcome="aborted"}`]: '0+300x60',
      'proxy_client_disconnects_total{namespace="n",operation="converse"}': '0+300x60',
    },
    firing: ['ProxyClientsLeaving'],
  },
  {
    name: 'requests are shed',
    world: { 'proxy_shed_total{namespace="n",reason="in_flight"}': '0+6x60' },
    firing: ['ProxyShedding'],
  },
  {
    name: 'a tenth of the requests are over a limit',
    world: { 'proxy_rate_limited_total{namespace="n",scope="client"}': '0+60x60' },
    firing: ['ProxyRateLimiting'],
  },
  {
    name: 'one request a second is not let in',
    world: { 'proxy_auth_failures_total{namespace="n",reason="signature"}': '0+60x60' },
    firing: ['ProxyAuthFailures'],
  },
  {
    name: 'an event loop lags',
    world: { [`nodejs_eventloop_lag_p99_seconds{${JOB},pod="a"}`]: '0.4+0x60' },
    firing: ['ProxyEventLoopLag'],
  },
  {
    name: 'a replica is at its memory limit',
    world: { [`process_resident_memory_bytes{${JOB},pod="a"}`]: '1500000000+0x60' },
    firing: ['ProxyMemoryNearLimit'],
  },
  {
    name: 'the configuration on disk is wrong',
    world: { [`config_last_reload_successful{${JOB},pod="a"}`]: '0+0x60' },
    firing: ['ProxyConfigReloadFailed'],
  },
];

/** Alerts that some case expects. */
export const ALERTS_IN_CASES = new Set(CASES.flatMap(({ firing }) => firing));

/** → the file that `promtool test rules` reads. */
export function alertCasesToPromtool(ruleFile: string): object {
  return {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: CASES.map(({ name, world, firing }) => ({
      name,
      interval: '1m',
      input_series: Object.entries({ ...WELL, ...world }).map(([series, values]) => ({ series, values })),
      promql_expr_test: [
        {
          expr: 'sum by (alertname) (ALERTS{alertstate="firing"})',
          eval_time: '40m',
          exp_samples: firing.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
        },
      ],
    })),
  };
}
