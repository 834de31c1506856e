import type { ChatCompletionParams } from '../chat-completion.js';
import { paramsToBody } from '../request-body.js';
import type { TokenCounter } from './counting-server.js';
import { estimateMedia } from './token-estimate.js';
import { tokensIn } from './token-count.js';

const TOKENIZE = '/../tokenize';

/** vLLM renders the template and tokenizes it. An image counts as its placeholder there, so its size is estimated. */
export const VLLM_COUNTER: TokenCounter = {
  lastResort: TOKENIZE,
  count: async (params, server) => {
    const answer = await server.post(TOKENIZE, chatToTokenizeBody(params));
    const media = estimateMedia(params.messages);
    return { tokens: tokensIn(answer, 'count') + media, isExact: media === 0, source: 'vllm' };
  },
};

/** The members of a chat completion that have an influence on the rendered template. */
export function chatToTokenizeBody(params: ChatCompletionParams): string | Buffer {
  const { model, messages, tools } = params;
  return paramsToBody({
    model,
    messages,
    tools,
    add_generation_prompt: params['add_generation_prompt'] ?? true,
    continue_final_message: params['continue_final_message'],
    chat_template: params['chat_template'],
    chat_template_kwargs: params['chat_template_kwargs'],
    mm_processor_kwargs: params['mm_processor_kwargs'],
  });
}
