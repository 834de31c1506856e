import type { AttemptRecord } from '../observability/attempt-record.js';
import { costOf } from '../observability/cost.js';
import type { ExchangeResult, Exchange } from '../observability/exchange.js';
import { collapsePaths } from '../observability/ignored-paths.js';
import { redactSecrets } from '../observability/logs/redact-secrets.js';
import type { OperationReport } from '../observability/operation-report.js';
import type { Call, CallAttempt, CallOrigin, CallSummary } from './call.js';
import { keptAnswer, keptBody } from './kept-body.js';

const MAX_NAME = 256;
/** Origins that are no paths. */
const WORDS: ReadonlySet<string> = new Set(['route', 'dialect', 'default']);
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
  const items = content?.items ?? [];
  return {
    ...exchangeToSummary(exchange, result),
    method,
    path: redactSecrets(url.split('?')[0] ?? '').slice(0, MAX_NAME),
    reason: result.brokenRule && redactSecrets(result.brokenRule.slice(0, MAX_NAME)),
    request: keptBody(request, maxCharacters),
    answer: keptAnswer(isStream ? items : items[0], maxCharacters),
    pieces: isStream
      ? (content?.atMs ?? []).map((atMs, index) => ({ atMs: rounded(atMs - startedAtMs), end: index + 1 }))
      : [],
    calls: (exchange.report?.attempts ?? []).map((attempt) =>
      attemptToCall(attempt, originsOf(attempt, exchange.report), startedAtMs, maxCharacters),
    ),
  };
}

/** Told in the paths of the client's request. */
function originsOf(
  { transcript }: AttemptRecord,
  report: OperationReport | undefined,
): readonly CallOrigin[] {
  const origins = transcript?.origins ?? [];
  if (report?.nativePath === undefined) return origins;
  const native = (source: string): string =>
    WORDS.has(source) ? source : (report.nativePath?.(source) ?? source);
  return origins.map(({ path, from, isCopy }) => ({
    path,
    from: from.map(native),
    // what a format itself supplies, such as the schema of a built-in tool, has only the path of what it stands for
    isCopy: isCopy && from.every((source) => native(source) !== native(parentOf(parentOf(source)))),
  }));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

function attemptToCall(
  attempt: AttemptRecord,
  origins: readonly CallOrigin[],
  startedAtMs: number,
  maxCharacters: number,
): CallAttempt {
  const { upstream, failure, transcript, endedAtMs } = attempt;
  return {
    upstream: upstream.name,
    model: attempt.model.slice(0, MAX_NAME),
    outcome: attempt.outcome ?? 'aborted',
    level: attempt.level,
    status: failure?.status,
    code: failure?.code,
    message: failure?.message && redactSecrets(failure.message.slice(0, MAX_NAME)),
    startedMs: rounded(attempt.startedAtMs - startedAtMs),
    durationMs: endedAtMs === undefined ? undefined : rounded(endedAtMs - attempt.startedAtMs),
    url: redactSecrets(`${upstream.baseUrl.split('?')[0]}`),
    request: keptBody(transcript?.request ?? '', maxCharacters, [upstream]),
    answer: keptBody(transcript?.answer ?? '', maxCharacters, [upstream]),
    pieces: (transcript?.parts ?? []).map(({ atMs, endsAt }) => ({
      atMs: rounded(atMs - startedAtMs),
      end: endsAt,
    })),
    origins,
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
