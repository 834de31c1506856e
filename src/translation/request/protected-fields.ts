/** What the translation itself decides, and what would send or keep data elsewhere. */
const PROTECTED: ReadonlySet<string> = new Set([
  'model',
  'models',
  'messages',
  'system',
  'stream',
  'stream_options',
  'tools',
  'functions',
  'function_call',
  'n',
  'store',
  // requests through gateways: LiteLLM reads these from the body, and some name another server or its key
  'api_base',
  'api_key',
  'api_type',
  'api_version',
  'base_model',
  'base_url',
  'cache',
  'content_policy_fallbacks',
  'context_window_fallbacks',
  'custom_llm_provider',
  'default_headers',
  'disable_fallbacks',
  'extra_body',
  'extra_headers',
  'extra_query',
  'fallbacks',
  'headers',
  'max_retries',
  'model_list',
  'no-log',
  'num_retries',
  'organization',
  'proxy_server_request',
  'secret_fields',
  'timeout',
  'user_config',
  // what every object inherits
  '__proto__',
  'constructor',
  'prototype',
]);

const PROTECTED_PREFIXES = ['aws_', 'azure_', 'litellm_', 'mock_', 'vertex_'] as const;

/** Servers written in Go match names without regard to case, `ſtream` and `K` (Kelvin) included. */
export function isProtectedField(name: string): boolean {
  const folded = name.toUpperCase().toLowerCase();
  return PROTECTED.has(folded) || PROTECTED_PREFIXES.some((prefix) => folded.startsWith(prefix));
}
