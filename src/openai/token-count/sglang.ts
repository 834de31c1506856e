import type { ChatCompletionParams } from '../chat-completion.js';
import { UpstreamError } from '../upstream.error.js';
import { wellFormedJson } from '../well-formed-json.js';
import type { CountingServer, TokenCounter } from './counting-server.js';
import { estimateFraming, estimateMedia, textsOf } from './token-estimate.js';
import { type TokenCount, tokensIn } from './token-count.js';
import { chatToTokenizeBody } from './vllm.js';

const TOKENIZE = '/../tokenize';

/** The answers of versions that take a `prompt` only. */
const INVALID: ReadonlySet<number | undefined> = new Set([400, 422]);

/** SGLang tokenizes messages, and in earlier versions only a text: there the template is estimated. */
export const SGLANG_COUNTER: TokenCounter = {
  lastResort: TOKENIZE,
  count: async (params, server) => {
    try {
      const answer = await server.post(TOKENIZE, chatToTokenizeBody(params));
      const media = estimateMedia(params.messages);
      return { tokens: tokensIn(answer, 'count') + media, isExact: media === 0, source: 'sglang' };
    } catch (error) {
      if (error instanceof UpstreamError && INVALID.has(error.status)) return countTexts(params, server);
      throw error;
    }
  },
};

async function countTexts(params: ChatCompletionParams, server: CountingServer): Promise<TokenCount> {
  const body = { model: params.model, prompt: textsOf(params).join('\n'), add_special_tokens: true };
  const answer = await server.post(TOKENIZE, wellFormedJson(JSON.stringify(body)));
  const tokens = tokensIn(answer, 'count') + estimateFraming(params) + estimateMedia(params.messages);
  return { tokens, isExact: false, source: 'sglang' };
}
