import { costOf } from '../observability/cost.js';
import type { ExchangeResult, Exchange } from '../observability/exchange.js';
import { collapsePaths } from '../observability/ignored-paths.js';
import { redactSecrets } from '../observability/logs/redact-secrets.js';
import { answerOrigins, requestOrigins } from './call-origins.js';
import type { Body, Call, CallAttempt, CallPrompt, CallSummary } from './call.js';
import { keptAnswer, keptBody, keptEvents } from './kept-body.js';
import { readAttempt, type ReadAttempt } from './read-attempt.js';
import { dataOf } from './server-sent-events.js';

const MAX_NAME = 256;
const MAX_PATHS = 100;

/** The record of a request → a line of the list. */
export function exchangeToSummary(exchange: Exchange, result: ExchangeResult): CallSummary {
  const { usage, report, firstEventAtMs, startedAtMs } = exchange;
  const last = exchange.lastAttempt;
  return {
    id: exchange.requestId,
    at: new Date(Date.now() - result.durationMs).toISOString(),
    operation: exchange.operation ?? 'unknown',
    client: exchange.client,
    modelId: exchange.modelId?.slice(0, MAX_NAME),
    target: last && `${last.upstream.name}/${last.model.slice(0, MAX_NAME)}`,
    status: result.status,
    exception: result.exception,
    stopReason: exchange.stopReason,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cachedTokens: usage?.cacheReadInputTokens,
    cost: costOf(exchange),
    isStream: exchange.isStream,
    firstEventMs: firstEventAtMs === undefined ? undefined : rounded(firstEventAtMs - startedAtMs),
    durationMs: rounded(result.durationMs),
    ignored: collapsePaths(report?.ignored ?? []).slice(0, MAX_PATHS),
    attempts: report?.attempts.length ?? 0,
  };
}

/** @param request the body that the client sent, as text */
export function exchangeToCall(
  exchange: Exchange,
  result: ExchangeResult,
  request: string,
  maxCharacters: number,
): Call {
  const { content, startedAtMs, isStream } = exchange;
  const { method = '', url = '' } = exchange.request;
  const attempts = (exchange.report?.attempts ?? []).map((attempt) => readAttempt(attempt, isStream));
  return {
    ...exchangeToSummary(exchange, result),
    method,
    path: redactSecrets(url.split('?')[0] ?? '').slice(0, MAX_NAME),
    reason: result.brokenRule && redactSecrets(result.brokenRule.slice(0, MAX_NAME)),
    prompt: promptOf(exchange, maxCharacters),
    request: keptBody(request, maxCharacters),
    answer: answerOf(exchange, maxCharacters),
    timesMs: isStream ? (content?.atMs ?? []).map((atMs) => rounded(atMs - startedAtMs)) : [],
    answerOrigins: answerOrigins(
      exchange,
      attempts.findLast(({ attempt }) => attempt.aside === undefined),
    ),
    guardrails: exchange.guardrails?.map((record, index) =>
      Object.assign({ places: exchange.guardrailPlaces?.[index] ?? [] }, record),
    ),
    calls: attempts.map((attempt) => attemptToCall(attempt, exchange, maxCharacters)),
  };
}

/** An error has no items, nor has the answer of an operation without a model. */
function answerOf({ content, isStream }: Exchange, maxCharacters: number): Body {
  const { items = [], body } = content ?? {};
  if (items.length > 0)
    return isStream ? keptEvents(items, maxCharacters) : keptAnswer(items[0], maxCharacters);
  if (body === undefined) return keptBody(isStream ? '[]' : '', maxCharacters);
  return keptAnswer(parsedOrText(body.toString()), maxCharacters);
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function promptOf({ prompt }: Exchange, maxCharacters: number): CallPrompt | undefined {
  if (prompt?.filled === undefined) return prompt && { name: prompt.name };
  return { name: prompt.name, filled: keptBody(JSON.stringify(prompt.filled), maxCharacters) };
}

function attemptToCall(
  read: ReadAttempt,
  { startedAtMs, report }: Exchange,
  maxCharacters: number,
): CallAttempt {
  const { attempt, answer, events } = read;
  const { upstream, failure, transcript, endedAtMs } = attempt;
  return {
    upstream: upstream.name,
    model: attempt.model.slice(0, MAX_NAME),
    aside: attempt.aside,
    outcome: attempt.outcome ?? 'aborted',
    level: attempt.level,
    status: failure?.status,
    code: failure?.code,
    message: failure?.message && redactSecrets(failure.message.slice(0, MAX_NAME)),
    startedMs: rounded(attempt.startedAtMs - startedAtMs),
    durationMs: endedAtMs === undefined ? undefined : rounded(endedAtMs - attempt.startedAtMs),
    url: redactSecrets(`${upstream.baseUrl.split('?')[0]}`),
    request: keptBody(transcript?.request ?? '', maxCharacters, [upstream]),
    answer:
      events === undefined
        ? keptBody(answer, maxCharacters, [upstream])
        : keptEvents(events.map(dataOf), maxCharacters, [upstream]),
    timesMs: (events ?? []).map(({ atMs }) => rounded(atMs - startedAtMs)),
    origins: requestOrigins(read, report),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
