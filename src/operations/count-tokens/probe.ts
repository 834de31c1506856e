import type { ChatCompletionAnswer, ChatCompletionParams } from '../../openai/chat-completion.js';
import type { TokenCount } from '../../openai/token-count/token-count.js';
import { unusable, UpstreamError } from '../../openai/upstream.error.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { usageToTokenUsage } from '../../translation/response/usage.js';

/** Reasoning models refuse to write a single token. */
const LIMITS = [1, 16] as const;

/** The refusals of too low a limit by OpenAI, Azure and LiteLLM. */
const REFUSES_THE_LIMIT = /max_(?:completion_|output_)?tokens|output limit|minimum value/i;

type Complete = (params: ChatCompletionParams) => Promise<ChatCompletionAnswer>;

/** Makes the call itself, with the lowest limit that the model takes, and reads the usage that it reports. */
export async function countByProbe(
  params: ChatCompletionParams,
  target: UpstreamTarget,
  complete: Complete,
): Promise<TokenCount> {
  const [least, enough] = LIMITS;
  const completion = await complete(withLimit(params, target, least)).catch((error: unknown) => {
    if (refusesTheLimit(error)) return complete(withLimit(params, target, enough));
    throw error;
  });
  const { inputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usageToTokenUsage(completion);
  const tokens = inputTokens + cacheReadInputTokens + cacheWriteInputTokens;
  if (tokens === 0) throw unusable('an answer without usage');
  return { tokens, isExact: true, source: 'probe' };
}

function withLimit(
  params: ChatCompletionParams,
  { dialect }: UpstreamTarget,
  tokens: number,
): ChatCompletionParams {
  const { max_tokens: _, max_completion_tokens: __, n: ___, ...rest } = params;
  return { ...rest, [dialect.maxTokensField]: tokens };
}

function refusesTheLimit(error: unknown): boolean {
  if (!(error instanceof UpstreamError) || (error.status !== 400 && error.status !== 422)) return false;
  return REFUSES_THE_LIMIT.test(error.param ?? '') || REFUSES_THE_LIMIT.test(error.message);
}
