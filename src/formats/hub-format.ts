import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse } from '../bedrock/converse/converse-response.js';
import type {
  ContentBlockDeltaEvent,
  ConverseStreamEvent,
} from '../bedrock/converse/converse-stream-event.js';
import type { PieceTemplate } from '../bedrock/event-stream/piece-template.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import type { ModelFamily } from './model-family.js';

/** A native format that is translated by way of Converse. */
export interface HubFormat {
  readonly kind: 'hub';
  readonly name: InvokeFormatName;
  /** Whether the body has this format. The family only decides between formats whose bodies look alike. */
  matches(this: void, body: JsonObject, family: ModelFamily): boolean;
  /**
   * Native body → Converse request.
   * @throws ValidationException naming the path in the native body
   */
  reduce(this: void, body: JsonObject): ReducedRequest;
  /** How answers are written to a request that has no native body: one that names a stored prompt. */
  answers(this: void, request: ConverseRequestDto): AnswerWriter;
  /** Answers are one text, and cannot tell calls of tools. */
  readonly isTextOnly?: true;
}

/** Writes the answer to one request in the native format. */
export interface AnswerWriter {
  /**
   * The answer in the native format.
   * @throws BedrockException `ModelErrorException` for an answer that the format has no words for
   */
  toResponse(response: ConverseResponse, info: AnswerInfo): object;
  /** Called once for each stream, whose state it holds. */
  openStream(info: AnswerInfo): NativeStream;
}

/** A native body as a Converse request, and how the answer is written. */
export interface ReducedRequest extends AnswerWriter {
  /** Valid by the rules of the format, which may be wider than Converse's. */
  readonly request: ConverseRequestDto;
  /** The prompt as it stands, of formats that have one. `completionMode: raw` sends it instead of the messages. */
  readonly prompt?: string;
  /** Native paths of parameters without an equivalent. They are refused when `UNSUPPORTED_PARAMETERS` is `reject`. */
  readonly ignored: readonly string[];
  /** Native paths of members that change nothing in the answer. They are reported, never refused. */
  readonly hints: readonly string[];
  /** A path in the Converse request, as errors and the list of ignored members name it → the path in the native body. */
  nativePath(this: void, conversePath: string): string;
}

/** Writes one stream in the native format. */
export interface NativeStream {
  /**
   * An event → chunks, in order; they may be none. The chunks of `metadata`, which ends every stream, must not be
   * none: the invocation metrics are added to the last of them.
   * @throws BedrockException `ModelErrorException` for an answer that the format has no words for
   */
  write(event: ConverseStreamEvent): object[];
  /**
   * The template of the only chunk that `write` would give for a delta, which changes nothing in the stream. Undefined:
   * `write` it. Chunks are written in a fraction of the time by it.
   */
  templateOf?(delta: ContentBlockDeltaEvent): PieceTemplate | undefined;
}

/** What an answer says about itself beside the model's words. */
export interface AnswerInfo {
  /** As the client sent it. */
  readonly modelId: string;
  /** 24 random letters and digits. */
  readonly id: string;
}
