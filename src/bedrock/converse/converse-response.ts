import type { GuardrailAssessment } from '../guardrails/guardrail-assessment.js';

/** Why the model stopped. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'guardrail_intervened'
  | 'content_filtered'
  | 'malformed_model_output'
  | 'malformed_tool_use'
  | 'model_context_window_exceeded';

/** Tokens. `inputTokens` excludes tokens read from or written to a cache; `totalTokens` is the sum of all four. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cacheReadInputTokens?: number;
  cacheWriteInputTokens?: number;
}

interface ReasoningText {
  text: string;
  signature?: string;
}

export interface ToolUse {
  toolUseId: string;
  name: string;
  input: Record<string, unknown>;
}

/** The content blocks that the proxy returns, a subset of Bedrock's union. */
export type OutputContentBlock =
  { text: string } | { toolUse: ToolUse } | { reasoningContent: { reasoningText: ReasoningText } };

export interface ServiceTier {
  type: 'priority' | 'default' | 'flex' | 'reserved';
}

export interface PerformanceConfig {
  latency: 'standard' | 'optimized';
}

/** What a guardrail found, by its id. */
interface GuardrailTraceAssessment {
  inputAssessment?: Record<string, GuardrailAssessment>;
  outputAssessments?: Record<string, GuardrailAssessment[]>;
  /** The texts of the model before anything was blocked or masked. */
  modelOutput?: string[];
  actionReason?: string;
}

/** Details about how the answer was produced. */
export interface ConverseTrace {
  /** For requests to a prompt router: the model that it chose. */
  promptRouter?: { invokedModelId: string };
  /** For requests with a guardrail that ask for it: what was found. */
  guardrail?: GuardrailTraceAssessment;
}

/** The answer to Converse. `latencyMs` is in milliseconds, at least 1. */
export interface ConverseResponse {
  output: { message: { role: 'assistant'; content: OutputContentBlock[] } };
  stopReason: StopReason;
  usage: TokenUsage;
  metrics: { latencyMs: number };
  additionalModelResponseFields?: Record<string, unknown>;
  trace?: ConverseTrace;
  performanceConfig?: PerformanceConfig;
  serviceTier?: ServiceTier;
}
