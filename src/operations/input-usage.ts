import type { AnswerSummary } from '../observability/operation-report.js';

/** The input tokens of an answer without output → what the answer says about itself. */
export function inputUsage(tokens: number | undefined): AnswerSummary {
  return tokens === undefined ? {} : { usage: { inputTokens: tokens, outputTokens: 0, totalTokens: tokens } };
}
