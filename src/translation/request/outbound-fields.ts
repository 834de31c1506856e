import { spellingsOf } from './field-name.js';

/**
 * Names that gateways and servers read at any depth as addresses, credentials, callbacks or costs. Each alternative
 * matches words of a name in snake case.
 */
const ADDRESS_OR_CREDENTIAL = new RegExp(
  [
    // addresses
    '(?:^|_)(?:host|hosts|hostname|host_name|url|urls|uri|uris|endpoint|endpoints|webhook|webhooks|proxy|proxies)$',
    '(?:^|_)port$',
    '_(?:addr|address|addresses)$',
    '(?:^|_)(?:api_?base|base_?url|base_?uri|region_name)(?:_|$)',
    '(?:^|_)buckets?(?:_|$)',
    // callbacks and headers
    'callback',
    '(?:^|_)headers?$',
    // credentials
    '(?:^|_)api_?keys?(?:_|$)',
    '_key$(?<!cache_key|idempotency_key)',
    'secret|password|passwd|passphrase|credential|service_account',
    '(?:^|_)(?:auth|authorization|oauth|jwt|bearer|cookies?|ssl|tls)(?:_|$)',
    '^token$',
    // names of vocabulary tokens are no credentials
    '_token$(?<!(?:^|_)(?:bos|eos|pad|unk|sep|cls|mask|stop|start|end|begin|special|think|thinking|reasoning|tool|first|last|next|per|max|min|new|prompt|image|audio|video|draft|space|banned|forced)_token)',
    // costs
    '(?:^|_)cost_per_|(?:^|_)(?:cost|pricing)$',
    // where a cluster of servers keeps the state of a request
    '^(?:bootstrap|kv_transfer|disagg|disaggregated)_',
  ].join('|'),
);

/** Prefixes of integrations, which receive data about requests or run them on another account. */
const PREFIXES =
  /^(?:arize|athina|aws|azure|bedrock|braintrust|databricks|datadog|dd|galileo|gcs|github_copilot|helicone|humanloop|lago|langfuse|langsmith|litellm|logfire|lunary|mock|oci|openmeter|opik|otel|phoenix|posthog|s3|sagemaker|signoz|slack|user_api_key|vertex|wandb|watsonx|weave)_/;

/** Further names that send a request elsewhere, store it, or change the account it runs on. */
const NAMES: ReadonlySet<string> = new Set([
  'api_type',
  'api_version',
  'base_model',
  'budget_duration',
  'cache',
  'cache_params',
  'caching',
  'client',
  'content_policy_fallbacks',
  'context_window_fallbacks',
  'custom_llm_provider',
  'data_sources',
  'disable_fallbacks',
  'disable_global_guardrail',
  'disable_global_guardrails',
  'extra_body',
  'extra_query',
  'fallbacks',
  'force_timeout',
  'logger_fn',
  'max_budget',
  'max_parallel_requests',
  'max_retries',
  'mcp_servers',
  'model_group',
  'model_info',
  'model_list',
  'models',
  'no_log',
  'num_retries',
  'organization',
  'preset',
  'prompt_id',
  'proxy_server_request',
  'request_timeout',
  'retry_policy',
  'router_settings',
  'rpm',
  'spend_logs_metadata',
  'store',
  'stream_timeout',
  'tags',
  'timeout',
  'tpm',
  'turn_off_message_logging',
  'user_config',
]);

/** Whether a top-level field sends data elsewhere, stores it, or changes the account that a request runs on. */
export function isOutboundField(name: string): boolean {
  return spellingsOf(name).some(
    (spelling) => NAMES.has(spelling) || PREFIXES.test(spelling) || ADDRESS_OR_CREDENTIAL.test(spelling),
  );
}

/** Whether a member inside of a field is an address or a credential. Other names mean nothing special there. */
export function isAddressOrCredential(name: string): boolean {
  return spellingsOf(name).some((spelling) => ADDRESS_OR_CREDENTIAL.test(spelling));
}
