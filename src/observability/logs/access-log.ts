import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ExchangeResult, Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { collapsePaths } from '../ignored-paths.js';
import type { AttemptRecord } from '../attempt-record.js';
import { destinationOf, type LogDestination } from './root-logger.js';
import { ROOT_LOGGER } from './root-logger.token.js';
import { redactSecrets } from './redact-secrets.js';

const MAX_CHARACTERS = 256;
const MAX_PATHS = 100;
const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;

type Level = 'info' | 'warn' | 'error';

/**
 * One line a request. Names, numbers and ids: nothing of what was asked or answered. A line of pino's, but written
 * here: for one of so many members, each of which pino looks up, escapes and joins by itself, pino takes more than a
 * tenth of all that a small call costs.
 */
@Injectable()
export class AccessLog implements ExchangeListener {
  private readonly destination: LogDestination;

  constructor(
    exchanges: Exchanges,
    @Inject(ROOT_LOGGER) private readonly root: Logger,
  ) {
    this.destination = destinationOf(root);
    exchanges.listen(this);
  }

  finished(exchange: Exchange, ending: ExchangeResult): void {
    const level = levelOf(ending, exchange);
    if (!this.root.isLevelEnabled(level)) return;
    this.destination.write(`${JSON.stringify(toLine(level, exchange, ending))}\n`);
  }
}

/** A client that leaves is nobody's mistake. */
function levelOf(
  { status, exception, clientDisconnected: clientLeft }: ExchangeResult,
  { report: travel }: Exchange,
): Level {
  if (clientLeft) return 'info';
  if (status >= SERVER_ERROR || (exception !== undefined && status < CLIENT_ERROR)) return 'error';
  return status >= CLIENT_ERROR || travel?.attempts.some(isForOperators) ? 'warn' : 'info';
}

/** A call whose failure somebody has to mend, also where another upstream has answered: no answer, or a wrong path. */
function isForOperators({ failure }: AttemptRecord): boolean {
  if (failure?.message === undefined) return false;
  return failure.outcome === 'unusable' || failure.status !== undefined;
}

/** One literal, so that all lines have one shape: members that are undefined are not written. */
function toLine(level: Level, exchange: Exchange, ending: ExchangeResult): Record<string, unknown> {
  const { report: travel, usage, operation } = exchange;
  const call = travel?.attempts.at(-1);
  const place = operation === undefined ? placeOf(exchange) : undefined;
  return {
    level,
    time: new Date().toISOString(),
    requestId: exchange.requestId,
    client: exchange.client,
    operation,
    method: place?.method,
    path: place?.path,
    modelId: exchange.modelId?.slice(0, MAX_CHARACTERS),
    rule: exchange.rule,
    upstream: call?.upstream.name,
    model: call?.model.slice(0, MAX_CHARACTERS),
    attempts: travel?.attempts.length,
    status: ending.status,
    exception: ending.exception,
    reason: told(ending.brokenRule),
    refusal: exchange.refusal,
    failures: failuresOf(travel?.attempts),
    stopReason: exchange.stopReason,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cacheReadInputTokens: usage?.cacheReadInputTokens,
    cacheWriteInputTokens: usage?.cacheWriteInputTokens,
    stream: exchange.isStream || undefined,
    firstEventMs: firstEventMs(exchange),
    durationMs: rounded(ending.durationMs),
    requestBytes: ending.requestBytes,
    responseBytes: ending.responseBytes,
    ignored: ignoredOf(travel?.ignored),
    clientLeft: ending.clientDisconnected || undefined,
    msg: `${operation ?? 'unknown'} ${ending.exception ?? ending.status}`,
  };
}

/** Of a request that no route fits. A query may hold a signature, and is left out. */
function placeOf({ request: { method, url = '' } }: Exchange): { method?: string; path: string } {
  const [path = ''] = url.split('?');
  return { method, path: redactSecrets(path.slice(0, MAX_CHARACTERS)) };
}

function failuresOf(calls: readonly AttemptRecord[] = []): object[] | undefined {
  const failures = calls.flatMap(({ upstream, failure }) =>
    failure === undefined
      ? []
      : [{ upstream: upstream.name, ...failure, message: told(failure.message), path: told(failure.path) }],
  );
  return failures.length === 0 ? undefined : failures;
}

function told(message: string | undefined): string | undefined {
  return message === undefined ? undefined : redactSecrets(message.slice(0, MAX_CHARACTERS));
}

function ignoredOf(ignored: readonly string[] = []): string[] | undefined {
  if (ignored.length === 0) return undefined;
  const paths = collapsePaths(ignored);
  const shown = paths.slice(0, MAX_PATHS).map((path) => path.slice(0, MAX_CHARACTERS));
  return paths.length > MAX_PATHS ? [...shown, `${paths.length - MAX_PATHS} more`] : shown;
}

function firstEventMs({ startedAtMs, firstEventAtMs }: Exchange): number | undefined {
  return firstEventAtMs === undefined ? undefined : rounded(firstEventAtMs - startedAtMs);
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
