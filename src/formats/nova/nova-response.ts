import type { ConverseResponse, TokenUsage } from '../../bedrock/converse/converse-response.js';
import type {
  ContentBlockDelta,
  ContentBlockDeltaEvent,
  ConverseStreamEvent,
} from '../../bedrock/converse/converse-stream-event.js';
import { type PieceTemplate, pieceTemplates } from '../../bedrock/event-stream/piece-template.js';
import type { NativeStream } from '../hub-format.js';

interface NovaUsage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cacheReadInputTokenCount: number;
  cacheWriteInputTokenCount: number;
}

/** A Converse answer → Nova's, with other names for cached tokens and without metrics. */
export function toNovaResponse({ output, stopReason, usage }: ConverseResponse): object {
  return { output, stopReason, usage: toNovaUsage(usage) };
}

const TEXTS = pieceTemplates((index, text) => blockDelta(index, { text }));
const INPUTS = pieceTemplates((index, input) => blockDelta(index, { toolUse: { input } }));
const REASONING = pieceTemplates((index, text) => blockDelta(index, { reasoningContent: { text } }));

/** Converse events → chunks of the same names. */
export class NovaStream implements NativeStream {
  write(event: ConverseStreamEvent): object[] {
    if ('messageStop' in event) return [{ messageStop: { stopReason: event.messageStop.stopReason } }];
    if (!('metadata' in event)) return [event];
    return [{ metadata: { usage: toNovaUsage(event.metadata.usage), metrics: {}, trace: {} } }];
  }

  templateOf({ contentBlockIndex: index, delta }: ContentBlockDeltaEvent): PieceTemplate | undefined {
    if ('text' in delta) return TEXTS.of(index);
    if ('toolUse' in delta) return INPUTS.of(index);
    return 'text' in delta.reasoningContent ? REASONING.of(index) : undefined;
  }
}

function blockDelta(contentBlockIndex: number, delta: ContentBlockDelta): ConverseStreamEvent {
  return { contentBlockDelta: { contentBlockIndex, delta } };
}

function toNovaUsage(usage: TokenUsage): NovaUsage {
  const { inputTokens, outputTokens, totalTokens } = usage;
  return {
    inputTokens,
    outputTokens,
    totalTokens,
    cacheReadInputTokenCount: usage.cacheReadInputTokens ?? 0,
    cacheWriteInputTokenCount: usage.cacheWriteInputTokens ?? 0,
  };
}
