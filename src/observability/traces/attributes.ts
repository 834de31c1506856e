import type { Attributes } from '@opentelemetry/api';
import type { ExchangeResult, Exchange } from '../exchange.js';
import { type GenAiOperation, PROVIDERS, toGenAiUsage, WITHOUT_OUTPUT } from '../gen-ai.js';
import type { AttemptRecord } from '../attempt-record.js';
import { rpcAttributes } from './rpc-attributes.js';
import { redactSecrets } from '../logs/redact-secrets.js';

const MS_PER_SECOND = 1_000;

/** Attributes of the span of the whole request. https://opentelemetry.io/docs/specs/semconv/rpc/ */
export function exchangeAttributes(exchange: Exchange, { status, exception }: ExchangeResult): Attributes {
  const { operation, requestId, request } = exchange;
  return {
    'http.request.method': request.method,
    'http.response.status_code': status,
    ...rpcAttributes(operation),
    'aws.request_id': requestId,
    'error.type': exception,
    ...metadataAttributes(exchange),
  };
}

/** What the configuration names of the request metadata. */
function metadataAttributes({ requestMetadata }: Exchange): Attributes | undefined {
  if (requestMetadata?.logged === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(requestMetadata.logged).map(([key, value]) => [
      `bedrock.request_metadata.${key}`,
      redactSecrets(value),
    ]),
  );
}

/**
 * Attributes of the span of one call. They hold nothing of the prompt or the answer.
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
export function attemptAttributes(attempt: AttemptRecord, exchange: Exchange): Attributes {
  const { upstream, model, outcome, failure, aside } = attempt;
  const { hostname, port, protocol } = new URL(upstream.baseUrl);
  return {
    'gen_ai.operation.name': aside ?? exchange.genAiOperation,
    'gen_ai.provider.name': PROVIDERS[upstream.dialect],
    'gen_ai.request.model': model || undefined,
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    'http.response.status_code': failure?.status,
    'error.type': failure?.outcome,
    ...(aside === undefined && requestAttributes(exchange)),
    ...(aside === undefined && outcome === 'success' && answerAttributes(exchange)),
    ...metadataAttributes(exchange),
  };
}

function requestAttributes({ genAiOperation, isStream, parameters }: Exchange): Attributes {
  const { maxTokens, temperature, topP, choices, dimensions } = parameters ?? {};
  return {
    'gen_ai.request.stream': isStream,
    'gen_ai.request.max_tokens': maxTokens ?? undefined,
    'gen_ai.request.temperature': temperature ?? undefined,
    'gen_ai.request.top_p': topP ?? undefined,
    'gen_ai.request.choice.count': choices,
    'gen_ai.embeddings.dimension.count': dimensions,
    'gen_ai.output.type': genAiOperation === 'generate_content' ? 'image' : undefined,
  };
}

function answerAttributes({
  genAiOperation,
  startedAtMs,
  firstEventAtMs,
  stopReason,
  usage,
}: Exchange): Attributes {
  return {
    ...(firstEventAtMs !== undefined && {
      'gen_ai.response.time_to_first_chunk': (firstEventAtMs - startedAtMs) / MS_PER_SECOND,
    }),
    ...(stopReason !== undefined && { 'gen_ai.response.finish_reasons': [stopReason] }),
    ...(usage !== undefined && usageAttributes(toGenAiUsage(usage), genAiOperation)),
  };
}

function usageAttributes(usage: ReturnType<typeof toGenAiUsage>, operation: GenAiOperation): Attributes {
  if (WITHOUT_OUTPUT.has(operation)) return { 'gen_ai.usage.input_tokens': usage.input };
  return {
    'gen_ai.usage.input_tokens': usage.input,
    'gen_ai.usage.output_tokens': usage.output,
    'gen_ai.usage.cache_read.input_tokens': usage.cachedInput,
    'gen_ai.usage.cache_creation.input_tokens': usage.cacheCreationInput,
  };
}
