/** Buckets of the OpenTelemetry conventions: seconds, seconds to the first token, seconds per token, tokens. */
const DURATIONS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
] as const;
const FIRST_TOKENS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;
const EACH_TOKEN = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5] as const;
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);
/** From 1 kB to 64 MB. */
const BODY_BYTES = Array.from({ length: 9 }, (_, power) => 1024 * 4 ** power);

const MODEL_LABELS = [
  'gen_ai_operation_name',
  'gen_ai_provider_name',
  'gen_ai_request_model',
  'gen_ai_response_model',
  'gen_ai_original_model',
] as const;
const ANSWER_LABELS = [...MODEL_LABELS, 'error_type'] as const;

/** The metrics of the proxy itself; prom-client adds those of the process. */
export const HISTOGRAMS = {
  gen_ai_client_token_usage: {
    help: 'Tokens of a request, by type; cached_input and cache_creation_input are parts of input',
    labels: [...MODEL_LABELS, 'gen_ai_token_type'],
    buckets: TOKENS,
  },
  gen_ai_server_request_duration_seconds: {
    help: 'From the headers of a request to the last byte of its answer',
    labels: ANSWER_LABELS,
    buckets: DURATIONS,
  },
  gen_ai_server_time_to_first_token_seconds: {
    help: 'From the headers of a request to the first event of its stream',
    labels: ANSWER_LABELS,
    buckets: FIRST_TOKENS,
  },
  gen_ai_server_time_per_output_token_seconds: {
    help: 'Of a stream, for each token after the first',
    labels: ANSWER_LABELS,
    buckets: EACH_TOKEN,
  },
  proxy_request_body_bytes: { help: 'Size of request bodies', labels: [], buckets: BODY_BYTES },
} as const satisfies Record<string, HistogramDefinition>;

export const COUNTERS = {
  proxy_requests_total: {
    help: 'Requests by operation, status and exception, also of one that ended a stream; 499: the client left before an answer',
    labels: ['operation', 'status', 'exception'],
  },
  proxy_upstream_attempts_total: {
    help: 'Calls to upstreams by outcome; one request may make several',
    labels: ['upstream', 'outcome'],
  },
  proxy_shed_total: { help: 'Requests turned away because of overload or shutdown', labels: ['reason'] },
  proxy_client_disconnects_total: {
    help: 'Clients that left before they had the whole answer',
    labels: ['operation'],
  },
  proxy_auth_failures_total: { help: 'Requests that were not let in', labels: ['reason'] },
  proxy_ignored_parameters_total: {
    help: 'Parameters that the upstream has no equivalent for, by JSON path',
    labels: ['parameter'],
  },
  proxy_token_counts_total: {
    help: 'Requests to count tokens, by how the count came about: `exact;source=vllm`',
    labels: ['count'],
  },
  proxy_cost_total: {
    help: 'Cost of answers, by the prices of the model table',
    labels: ['gen_ai_request_model', 'client', 'currency'],
  },
  proxy_guardrail_findings_total: {
    help: 'Findings of guardrails, by policy and what became of them',
    labels: ['guardrail', 'policy', 'action'],
  },
  proxy_metadata_requests_total: {
    help: 'Requests by the values of their request metadata, for the keys that the configuration names',
    labels: ['key', 'value'],
  },
  proxy_metadata_tokens_total: {
    help: 'Tokens of requests, in the same way; cached_input and cache_creation_input are parts of input',
    labels: ['key', 'value', 'gen_ai_token_type'],
  },
  proxy_metadata_cost_total: {
    help: 'Cost of answers, in the same way, by the prices of the model table',
    labels: ['key', 'value', 'currency'],
  },
  proxy_s3_reads_total: {
    help: 'Requests whose objects were read from S3, by how that failed; no failure: all were read',
    labels: ['failure'],
  },
  proxy_s3_read_bytes_total: { help: 'Bytes read from S3 for requests', labels: [] },
  proxy_rate_limited_total: {
    help: 'Requests over a limit of a client, and calls over one of an upstream',
    labels: ['scope'],
  },
} as const satisfies Record<string, Definition>;

export const GAUGES = {
  proxy_requests_in_flight: { help: 'Requests under way', labels: [] },
  proxy_streams_open: { help: 'Streams under way', labels: [] },
  proxy_upstream_breaker_state: {
    help: '0 closed, 1 half-open, 2 open: the worst of the models of an upstream',
    labels: ['upstream'],
  },
  config_last_reload_successful: {
    help: 'Whether the last attempt to load the configuration was successful: 1, or 0 while the one before stays in force',
    labels: [],
  },
  config_last_reload_timestamp_seconds: {
    help: 'Unix time at which the configuration in force was loaded',
    labels: [],
  },
} as const satisfies Record<string, Definition>;

interface Definition {
  readonly help: string;
  readonly labels: readonly string[];
}

interface HistogramDefinition extends Definition {
  readonly buckets: readonly number[];
}
