import { forbiddenPath } from './forbidden-fields.js';
import { isReservedField } from './reserved-fields.js';

const pathOf = (name: string, value: unknown = 'x') => forbiddenPath({ name, path: name, value });

/** Of each kind of server. */
const OPEN = {
  OpenAI: `
    temperature top_p frequency_penalty presence_penalty seed logit_bias logprobs top_logprobs max_tokens
    max_completion_tokens response_format reasoning_effort verbosity stop user safety_identifier
    prompt_cache_key prompt_cache_retention prediction modalities audio web_search_options
    parallel_tool_calls tool_choice service_tier metadata`,
  'vLLM and SGLang': `
    top_k min_p repetition_penalty length_penalty best_of use_beam_search min_tokens ignore_eos
    skip_special_tokens spaces_between_special_tokens stop_token_ids bad_words truncate_prompt_tokens
    prompt_logprobs allowed_token_ids include_stop_str_in_output priority guided_json guided_regex
    guided_choice guided_grammar guided_decoding_backend cache_salt structured_outputs chat_template
    chat_template_kwargs add_generation_prompt documents echo continue_final_message mm_processor_kwargs
    return_token_ids return_tokens_as_token_ids thinking_token_budget vllm_xargs regex ebnf json_schema
    separate_reasoning no_stop_trim lora_path stream_reasoning bos_token eos_token think_end_token
    logits_processors`,
  'llama.cpp and Ollama': `
    mirostat mirostat_tau mirostat_eta typical_p tfs_z dynatemp_range xtc_probability dry_multiplier
    dry_base dry_sequence_breakers repeat_last_n repeat_penalty n_predict n_keep cache_prompt id_slot
    samplers grammar keep_alive num_ctx options format think raw reasoning_format thinking_forced_open`,
  'OpenRouter, LiteLLM, Mistral, Gemini, Groq, xAI, Perplexity, families of Bedrock': `
    provider transforms plugins route reasoning include_reasoning usage top_a thinking enable_thinking
    thinking_budget safe_prompt prompt_mode random_seed guardrails safety_settings safetySettings
    thinking_config cached_content google generation_config drop_params allowed_openai_params
    search_parameters search_settings return_images compound_custom citation_options reasoning_config
    output_config inferenceConfig topK anthropic_beta anthropic_version maxTokenCount stop_sequences
    max_gen_len k p`,
  'names that are nearly others': `
    ghost report support curl author cost_aware costume hostile max_token n_probs tokenizer keyword monkey
    modelling systems streaming toolset stores`,
};

/** Grouped by their effect. */
const CLOSED = {
  'what the translation decides': `
    model messages system stream stream_options tools functions function_call n __proto__ constructor
    prototype Model MESSAGES ſtream streamOptions functionCall`,
  'where a request goes': `
    api_base base_url baseUrl baseURL apiBase openai_api_base api_base_override host langfuse_host
    langfuseHost LANGFUSE_HOST posthog_host braintrust_host github_copilot_host dd_agent_host
    some_new_gateway_host custom-host langsmith_base_url sagemaker_base_url slack_webhook_url deployment_url
    posthog_api_url s3_endpoint_url token_url url uri endpoint signoz_ingestion_endpoint aws_sts_endpoint
    otel_exporter_endpoint webhook http_proxy redis_port agent_addr region_name aws_region_name model_list
    models fallbacks preset data_sources dataSources mcp_servers custom_llm_provider router_settings
    user_config bootstrap_host bootstrap_port bootstrap_room kv_transfer_params disaggregated_params`,
  'where it is kept': `
    store cache caching no-log gcs_bucket_name s3_bucket_name bucket bucket_prefix callbacks
    success_callback failure_callback callback_settings litellm_disabled_callbacks langsmith_project
    langfuse_prompt_version arize_space_id weave_project_id prompt_id turn_off_message_logging logger_fn`,
  'what opens it': `
    api_key apiKey api_keys langsmith_api_key user_api_key arize_space_key langfuse_public_key
    langfuse_secret client_secret secret_fields aws_secret_access_key azure_ad_token hf_token token
    access_token aws_session_token id_token password redis_password vertex_credentials
    gcs_path_service_account authorization auth headers extra_headers default_headers
    provider_specific_header cookies ssl_verify organization extra_query`,
  'on whose account it runs': `
    input_cost_per_token output_cost_per_token inputCostPerToken cost_per_second custom_pricing
    ocr_cost_per_page tags spend_logs_metadata max_budget rpm tpm model_info model_group mock_response
    MocK_response litellm_params litellm_metadata timeout num_retries base_model disable_global_guardrails
    extra_body`,
};

const namesIn = (groups: Record<string, string>): [group: string, name: string][] =>
  Object.entries(groups).flatMap(([group, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name): [string, string] => [group, name]),
  );

describe('Clients may set', () => {
  it.each(namesIn(OPEN))('%s: %s', (_, name) => {
    expect(pathOf(name)).toBeUndefined();
  });

  it.each<[name: string, value: unknown]>([
    ['provider', { order: ['a'], allow_fallbacks: false, data_collection: 'deny', max_price: { prompt: 1 } }],
    ['plugins', [{ id: 'web', max_results: 3, search_prompt: 'x', include_domains: ['a.example'] }]],
    ['plugins', [{ id: 'file-parser', pdf: { engine: 'native' } }]],
    ['reasoning', { effort: 'high', max_tokens: 5, exclude: true }],
    ['web_search_options', { user_location: { type: 'approximate', approximate: { country: 'FR' } } }],
    ['options', { num_ctx: 8192, num_keep: 5, stop: ['a'] }],
    ['safety_settings', [{ category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_NONE' }]],
    ['guided_json', { type: 'object', properties: { image_url: { type: 'string' }, password: {} } }],
    ['response_format', { json_schema: { schema: { properties: { host: {}, api_key: {} } } } }],
    ['structured_outputs', { json: { properties: { endpoint: {} } } }],
    ['generation_config', { response_schema: { properties: { callback_url: {} } }, top_k: 5 }],
    ['chat_template_kwargs', { enable_thinking: false, api_endpoint: 'x' }],
    ['documents', [{ title: 'a', url: 'https://a.example' }]],
    ['logit_bias', { '50256': -100 }],
    ['output_config', { format: { schema: { properties: { token: {} } } } }],
    ['extra', { model: 'x', stream: true, tags: ['a'], store: true, timeout: 5 }],
    ['metadata', { user_id: 'u1', team: 'a' }],
  ])('%s: %j', (name, value) => {
    expect(pathOf(name, value)).toBeUndefined();
  });
});

describe('Clients may not set', () => {
  it.each(namesIn(CLOSED))('%s: %s', (_, name) => {
    expect(pathOf(name)).toBe(name);
  });

  it.each<[name: string, value: unknown, path: string]>([
    ['metadata', { langfuse_host: 'x' }, 'metadata.langfuse_host'],
    ['metadata', { user_id: 'u', callbacks: [] }, 'metadata.callbacks'],
    ['options', { num_ctx: 1, apiKey: 'x' }, 'options.apiKey'],
    ['plugins', [{ id: 'web' }, { id: 'x', base_url: 'x' }], 'plugins.1.base_url'],
    ['vllm_xargs', { kv_transfer_params: {} }, 'vllm_xargs.kv_transfer_params'],
    ['a', { b: [[{ c: { slack_webhook_url: 'x' } }]] }, 'a.b.0.0.c.slack_webhook_url'],
    ['provider', { input_cost_per_token: 0 }, 'provider.input_cost_per_token'],
    ['generation_config', { response_schema: {}, headers: {} }, 'generation_config.headers'],
    ['a', { ['x'.repeat(200)]: { token: 1 } }, `a.${'x'.repeat(100)}….token`],
  ])('%s: %j', (name, value, path) => {
    expect(pathOf(name, value)).toBe(path);
  });
});

describe('The model table may set', () => {
  it.each([
    'store',
    'models',
    'api_base',
    'callbacks',
    'fallbacks',
    'langfuse_host',
    'extra_headers',
    'cache',
    'timeout',
  ])('%s', (name) => {
    expect(isReservedField(name)).toBe(false);
  });

  it.each([
    'model',
    'Messages',
    'system',
    'stream',
    'streamOptions',
    'tools',
    'function_call',
    'n',
    '__proto__',
  ])('not %s', (name) => {
    expect(isReservedField(name)).toBe(true);
  });
});
