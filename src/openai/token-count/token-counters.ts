import type { CountingDialect } from '../../config/token-counting.js';
import type { TokenCounter } from './counting-server.js';
import { LITELLM_COUNTER } from './litellm.js';
import { LLAMACPP_COUNTER } from './llamacpp.js';
import { SGLANG_COUNTER } from './sglang.js';
import { VLLM_COUNTER } from './vllm.js';

/** The servers that count tokens. All others have no endpoint for it. */
export const TOKEN_COUNTERS: Readonly<Record<CountingDialect, TokenCounter>> = {
  llamacpp: LLAMACPP_COUNTER,
  vllm: VLLM_COUNTER,
  sglang: SGLANG_COUNTER,
  litellm: LITELLM_COUNTER,
};
