import type { TokenUsage } from '../bedrock/converse/converse-response.js';
import type { AttemptRecord } from './attempt-record.js';
import type { GenAiOperation } from './gen-ai.js';

/** What happened to a request behind the door. While an answer is awaited, it describes the attempt under way. */
export interface OperationReport {
  /** JSON paths of what the translation could not carry. */
  ignored: readonly string[];
  /** Calls that were made, in order. */
  readonly attempts: AttemptRecord[];
  /** Path in the translated request → path in the client's own; absent where both are the same. */
  nativePath?(path: string): string;
}

/** What a request asks of a model, as metrics and traces name it. */
export interface ModelRequest {
  readonly genAiOperation: GenAiOperation;
  readonly parameters?: RequestParameters | null;
}

/** Parameters that traces show. */
export interface RequestParameters {
  readonly maxTokens?: number | null;
  readonly temperature?: number | null;
  readonly topP?: number | null;
  /** Answers or images that are asked for. */
  readonly choices?: number | undefined;
  /** Of an embedding. */
  readonly dimensions?: number | undefined;
}

/** What an answer says about itself. Operations without tokens or a stop reason leave them out. */
export interface AnswerSummary {
  readonly stopReason?: string;
  readonly usage?: TokenUsage;
}
