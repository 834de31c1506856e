import { Injectable } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { STRUCTURE, type JsonObject } from '../../bedrock/validation/rule.js';
import { Settings } from '../../config/settings.js';
import { detectFormat } from '../../formats/detect-format.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { ConverseGuards } from '../guardrails/converse-guards.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { recordRequestMetadata } from '../request-metadata.js';
import { Stopwatch } from '../stopwatch.js';
import type { FormatKind, InvokeRequest } from './invoke-handler.js';
import { InvokeHandlers } from './invoke-handlers.js';
import { readInvokeHeaders } from './invoke-headers.js';
import { asksForLevel, targetLevelHeaders } from './level-headers.js';
import { invocationHeaders } from './invocation-metrics.js';
import { namedGuardrail } from './named-guardrail.js';
import { separateBedrockMembers } from './guardrail-body.js';
import { inNativePaths, streamInNativePaths } from './in-native-paths.js';
import type { PathsInRequest } from './native-report.js';
import { toPromptedRequest } from './prompted-request.js';

/** The kinds of bodies whose texts are examined. */
const EXAMINED: ReadonlySet<FormatKind> = new Set(['hub', 'chat-completions', 'images']);
/** All that is sent of a prompt is its own. */
const IN_PROMPT: PathsInRequest = { reported: [], nativePath: (path) => `prompt.${path}` };
const STREAM_HEADERS = { 'x-amzn-bedrock-content-type': 'application/json' };

/** InvokeModel: finds the format of the body, and lets the handler of its kind answer. */
@Injectable()
export class InvokeModelService {
  constructor(
    private readonly handlers: InvokeHandlers,
    private readonly guards: ConverseGuards,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException */
  async invoke(body: unknown, context: OperationContext): Promise<OperationResult<object>> {
    const stopwatch = new Stopwatch();
    const request = this.read(body, context);
    const handler = this.handlers.of(request.format.kind);
    const result = await (hasOtherPaths(request)
      ? inNativePaths(IN_PROMPT, context, () => handler.invoke(request))
      : handler.invoke(request));
    const { genAiOperation } = context.exchange;
    const headers = invocationHeaders(result.summary?.usage, stopwatch.elapsedMs(), genAiOperation);
    return { ...result, headers: { ...headers, ...result.headers } };
  }

  /** @throws BedrockException */
  stream(body: unknown, context: OperationContext): StreamResult<object> {
    const request = this.read(body, context);
    const handler = this.handlers.of(request.format.kind);
    if (handler.stream === undefined) {
      throw new ValidationException(
        `The model is unsupported for streaming: bodies of the format ${request.format.name} are answered by InvokeModel alone.`,
      );
    }
    const streamed = handler.stream(request);
    const result = hasOtherPaths(request) ? streamInNativePaths(IN_PROMPT, context, streamed) : streamed;
    const { members } = request.headers;
    if (!asksForLevel(members)) return { ...result, headers: { ...STREAM_HEADERS, ...result.headers } };
    const headers: Record<string, string> = { ...STREAM_HEADERS, ...result.headers };
    // the headers are sent once the first event is there, and then the target is known
    const answer = result.answer.then((events) => {
      Object.assign(headers, targetLevelHeaders(result.report, members));
      return events;
    });
    return { ...result, answer, headers };
  }

  /**
   * Nothing is answered without the guardrail that it asks for. Bedrock has none for embeddings and reranking.
   * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-supported.html
   */
  private read(body: unknown, context: OperationContext): InvokeRequest {
    const request =
      context.route.prompt === undefined
        ? toInvokeRequest(body, context)
        : toPromptedRequest(context.route.prompt, body, context, this.settings);
    const { format, headers } = request;
    recordRequestMetadata(headers.members.requestMetadata, context);
    if (EXAMINED.has(format.kind) || namedGuardrail(this.guards, request) === undefined) return request;
    throw new ValidationException(
      `Guardrails are not applied to bodies of the format ${format.name}: they are for models that generate. Use ApplyGuardrail for their texts.`,
    );
  }
}

/** A filled prompt that goes to a format with paths of its own. */
function hasOtherPaths({ filled, format }: InvokeRequest): boolean {
  return filled !== undefined && format.kind !== 'hub';
}

/** @throws ValidationException when the body is no JSON object, or of an unknown format */
function toInvokeRequest(json: unknown, context: OperationContext): InvokeRequest {
  const { body, guardrail, ignored } = separateBedrockMembers(jsonObject(json));
  const { modelId, rule } = context.route;
  return {
    body,
    format: detectFormat(body, {
      modelId,
      invokeFormat: rule.invokeFormat,
      hasEmbeddingSettings: rule.embeddings !== undefined,
    }),
    headers: readInvokeHeaders(context.exchange.request.headers, guardrail),
    guardrail,
    ignored,
    context,
  };
}

function jsonObject(json: unknown): JsonObject {
  if (!STRUCTURE.accepts(json)) throw new ValidationException('The request body must be a JSON object');
  return json;
}
