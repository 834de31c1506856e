import { paramsToBody } from '../request-body.js';
import { UpstreamError } from '../upstream.error.js';
import type { TokenCounter } from './counting-server.js';
import { estimateTools } from './token-estimate.js';
import { tokensIn } from './token-count.js';

/** `call_endpoint`: a provider that can count is asked. */
const TOKEN_COUNTER = '/../utils/token_counter?call_endpoint=true';

/** LiteLLM's own tokenizers, chosen by the model's name: `openai_tokenizer`, `huggingface_tokenizer`. */
const OWN_TOKENIZER = /_tokenizer$/;

/**
 * LiteLLM asks the model's provider, or else counts the messages with a tokenizer that it chooses by the model's name.
 * Then tools are not included, so they are estimated.
 */
export const LITELLM_COUNTER: TokenCounter = {
  lastResort: TOKEN_COUNTER,
  count: async ({ model, messages, tools }, server) => {
    const answer = await server.post(TOKEN_COUNTER, paramsToBody({ model, messages, tools }));
    if (answer['error'] === true) throw failureIn(answer);
    const tokens = tokensIn(answer, 'total_tokens');
    const tokenizer = answer['tokenizer_type'];
    const isOfProvider = typeof tokenizer === 'string' && !OWN_TOKENIZER.test(tokenizer);
    if (isOfProvider) return { tokens, isExact: true, source: 'litellm' };
    return { tokens: tokens + estimateTools(tools), isExact: false, source: 'litellm' };
  },
};

function failureIn({ error_message, status_code }: Readonly<Record<string, unknown>>): UpstreamError {
  return new UpstreamError('status', typeof error_message === 'string' ? error_message : 'an error', {
    status: typeof status_code === 'number' ? status_code : 500,
  });
}
