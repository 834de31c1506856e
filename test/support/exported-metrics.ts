import { collectDefaultMetrics, Registry } from 'prom-client';

const MODEL = [
  'gen_ai_operation_name',
  'gen_ai_provider_name',
  'gen_ai_request_model',
  'gen_ai_response_model',
  'gen_ai_original_model',
];
const ANSWER = [...MODEL, 'error_type'];

/** What `/metrics` shows, by name: the labels, and whether it is a histogram. Dashboard and rules ask for these alone. */
export const EXPORTED_METRICS: Readonly<Record<string, ExportedMetric>> = {
  gen_ai_client_token_usage: histogram(...MODEL, 'gen_ai_token_type'),
  gen_ai_server_request_duration_seconds: histogram(...ANSWER),
  gen_ai_server_time_to_first_token_seconds: histogram(...ANSWER),
  gen_ai_server_time_per_output_token_seconds: histogram(...ANSWER),
  proxy_requests_total: plain('operation', 'status', 'exception'),
  proxy_requests_in_flight: plain(),
  proxy_streams_open: plain(),
  proxy_request_body_bytes: histogram(),
  proxy_upstream_attempts_total: plain('upstream', 'outcome'),
  proxy_upstream_breaker_state: plain('upstream'),
  proxy_shed_total: plain('reason'),
  proxy_client_disconnects_total: plain('operation'),
  proxy_auth_failures_total: plain('reason'),
  proxy_ignored_parameters_total: plain('parameter'),
  proxy_rate_limited_total: plain('scope'),
  config_last_reload_successful: plain(),
  config_last_reload_timestamp_seconds: plain(),
  ...defaultMetrics(),
};

interface ExportedMetric {
  readonly labels: readonly string[];
  readonly isHistogram: boolean;
}

function plain(...labels: string[]): ExportedMetric {
  return { labels, isHistogram: false };
}

function histogram(...labels: string[]): ExportedMetric {
  return { labels, isHistogram: true };
}

/** Those that prom-client brings. */
function defaultMetrics(): Record<string, ExportedMetric> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = registry.getMetricsAsArray().map(({ name }) => {
    const isHistogram = name === 'nodejs_gc_duration_seconds';
    return [name, { labels: isHistogram ? ['kind'] : [], isHistogram }] as const;
  });
  registry.clear();
  return Object.fromEntries(metrics);
}
