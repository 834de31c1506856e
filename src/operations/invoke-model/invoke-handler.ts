import type { JsonObject } from '../../bedrock/validation/rule.js';
import type { NativeFormat } from '../../formats/format-registry.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import type { FilledRequest } from '../prompts/filled-request.js';
import type { GuardrailBody } from './guardrail-body.js';
import type { InvokeHeaders } from './invoke-headers.js';

export type FormatKind = NativeFormat['kind'];
type FormatOfKind<Kind extends FormatKind> = Extract<NativeFormat, { kind: Kind }>;

/** One InvokeModel request, whose format is known. */
export interface InvokeRequest<Kind extends FormatKind = FormatKind> {
  /** Without the members `amazon-bedrock-…`. */
  readonly body: JsonObject;
  readonly format: FormatOfKind<Kind>;
  readonly headers: InvokeHeaders;
  /** What the body said about the guardrail of the request. */
  readonly guardrail: GuardrailBody;
  /** Paths of members `amazon-bedrock-…` that are not read. */
  readonly ignored: readonly string[];
  readonly context: OperationContext;
  /** Set where the request names a prompt, which then stands in place of the body. */
  readonly filled?: FilledRequest;
}

/** Answers the formats of one kind. What the `summary` of a result says about tokens is sent in headers by the door. */
export interface InvokeHandler<Kind extends FormatKind = FormatKind> {
  readonly kind: Kind;
  /** @throws BedrockException */
  invoke(request: InvokeRequest<Kind>): Promise<OperationResult<object>>;
  /**
   * Absent for formats that are never streamed. The events of the stream are native chunks, and the format of the
   * result is an `invokeEventFormat`.
   * @throws BedrockException
   */
  stream?(request: InvokeRequest<Kind>): StreamResult<object>;
}
