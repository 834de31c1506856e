import type { ChatCompletionParams } from '../chat-completion.js';
import { paramsToBody } from '../request-body.js';
import { unusable } from '../upstream.error.js';
import { type CountingServer, MissingEndpointError, type TokenCounter } from './counting-server.js';
import { estimateMedia } from './token-estimate.js';
import { type TokenCount, tokensIn } from './token-count.js';

const INPUT_TOKENS = '/chat/completions/input_tokens';
const APPLY_TEMPLATE = '/../apply-template';
const TOKENIZE = '/../tokenize';

/**
 * llama.cpp counts the whole request, images included. Builds before the end of 2025 only render the template and
 * tokenize its text: there the media are estimated.
 */
export const LLAMACPP_COUNTER: TokenCounter = {
  preferred: INPUT_TOKENS,
  lastResort: APPLY_TEMPLATE,
  count: async (params, server) => {
    try {
      const answer = await server.post(INPUT_TOKENS, paramsToBody(params));
      return { tokens: tokensIn(answer, 'input_tokens'), isExact: true, source: 'llamacpp' };
    } catch (error) {
      if (error instanceof MissingEndpointError) return countRendered(params, server);
      throw error;
    }
  },
};

async function countRendered(params: ChatCompletionParams, server: CountingServer): Promise<TokenCount> {
  const { messages, tools, chat_template_kwargs } = params;
  const body = paramsToBody({ model: params.model, messages, tools, chat_template_kwargs });
  const { prompt } = await server.post(APPLY_TEMPLATE, body);
  if (typeof prompt !== 'string') throw unusable('an answer without a prompt');
  const text = JSON.stringify({ content: prompt, add_special: true, parse_special: true });
  const { tokens } = await server.post(TOKENIZE, text);
  if (!Array.isArray(tokens)) throw unusable('an answer without a list of tokens');
  const media = estimateMedia(messages);
  return { tokens: tokens.length + media, isExact: media === 0, source: 'llamacpp' };
}
