import type {
  ConverseTrace,
  PerformanceConfig,
  ServiceTier,
  StopReason,
  TokenUsage,
} from './converse-response.js';

/** The part of a block that one event carries; `toolUse.input` is a piece of JSON text. */
export type ContentBlockDelta =
  | { text: string }
  | { toolUse: { input: string } }
  | { reasoningContent: { text: string } | { signature: string } };

interface MessageStartEvent {
  role: 'assistant';
}

/** Sent for tool calls only, since an empty start breaks clients. */
export interface ContentBlockStartEvent {
  contentBlockIndex: number;
  start: { toolUse: { toolUseId: string; name: string } };
}

export interface ContentBlockDeltaEvent {
  contentBlockIndex: number;
  delta: ContentBlockDelta;
}

interface ContentBlockStopEvent {
  contentBlockIndex: number;
}

export interface MessageStopEvent {
  stopReason: StopReason;
  additionalModelResponseFields?: Record<string, unknown>;
}

export interface MetadataEvent {
  usage: TokenUsage;
  metrics: { latencyMs: number };
  trace?: ConverseTrace;
  performanceConfig?: PerformanceConfig;
  serviceTier?: ServiceTier;
}

/**
 * One event of ConverseStream, as a union with one member, the way the SDKs show it.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
export type ConverseStreamEvent =
  | { messageStart: MessageStartEvent }
  | { contentBlockStart: ContentBlockStartEvent }
  | { contentBlockDelta: ContentBlockDeltaEvent }
  | { contentBlockStop: ContentBlockStopEvent }
  | { messageStop: MessageStopEvent }
  | { metadata: MetadataEvent };
