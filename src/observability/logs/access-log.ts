import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ExchangeResult, Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { collapsePaths } from '../ignored-paths.js';
import type { AttemptRecord } from '../attempt-record.js';
import type { RequestMetadataRecord } from '../request-metadata-record.js';
import type { ObjectRecord } from '../object-record.js';
import { destinationOf, type LogDestination } from './root-logger.js';
import { ROOT_LOGGER } from './root-logger.token.js';
import { redactSecrets } from './redact-secrets.js';

const MAX_CHARACTERS = 256;
const MAX_PATHS = 100;
const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;

type Level = 'info' | 'warn' | 'error';

/**
 * Writes one line per request: names, numbers and ids, nothing of the prompt or the answer. The line has pino's format but
 * bypasses pino, which handles each of the many members by itself: that would take more than a tenth of the time of a
 * small call.
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

  finished(exchange: Exchange, result: ExchangeResult): void {
    const level = levelOf(result, exchange);
    if (!this.root.isLevelEnabled(level)) return;
    this.destination.write(`${JSON.stringify(toLine(level, exchange, result))}\n`);
  }
}

/** A client that leaves is not an error. */
function levelOf({ status, exception, clientDisconnected }: ExchangeResult, { report }: Exchange): Level {
  if (clientDisconnected) return 'info';
  if (status >= SERVER_ERROR || (exception !== undefined && status < CLIENT_ERROR)) return 'error';
  return status >= CLIENT_ERROR || report?.attempts.some(needsOperator) ? 'warn' : 'info';
}

/** A failure that an operator has to fix, also when another upstream has answered: an unreadable answer, or a wrong path. */
function needsOperator({ failure }: AttemptRecord): boolean {
  if (failure?.message === undefined) return false;
  return failure.outcome === 'unusable' || failure.status !== undefined;
}

/** One literal gives all lines the same object shape. Undefined members are not written. */
function toLine(level: Level, exchange: Exchange, result: ExchangeResult): Record<string, unknown> {
  return {
    level,
    time: new Date().toISOString(),
    requestId: exchange.requestId,
    client: exchange.client,
    operation: exchange.operation,
    method: exchange.operation === undefined ? exchange.request.method : undefined,
    path: exchange.operation === undefined ? pathOf(exchange) : undefined,
    modelId: exchange.modelId?.slice(0, MAX_CHARACTERS),
    prompt: exchange.prompt?.name,
    rule: exchange.rule,
    upstream: exchange.lastAttempt?.upstream.name,
    model: exchange.lastAttempt?.model.slice(0, MAX_CHARACTERS),
    attempts: exchange.report?.attempts.length,
    status: result.status,
    exception: result.exception,
    reason: logged(result.brokenRule),
    refusal: exchange.refusal,
    failures: failuresOf(exchange.report?.attempts),
    stopReason: exchange.stopReason,
    inputTokens: exchange.usage?.inputTokens,
    outputTokens: exchange.usage?.outputTokens,
    cacheReadInputTokens: exchange.usage?.cacheReadInputTokens,
    cacheWriteInputTokens: exchange.usage?.cacheWriteInputTokens,
    tokenCount: exchange.tokenCount,
    guardrails: exchange.guardrails,
    serviceLevel: exchange.lastAttempt?.level,
    requestMetadata: metadataOf(exchange.requestMetadata?.logged),
    s3: exchange.s3 && objectsOf(exchange.s3),
    stream: exchange.isStream || undefined,
    firstEventMs: firstEventMs(exchange),
    durationMs: rounded(result.durationMs),
    requestBytes: result.requestBytes,
    responseBytes: result.responseBytes,
    ignored: ignoredOf(exchange.report?.ignored),
    clientLeft: result.clientDisconnected || undefined,
    msg: `${exchange.operation ?? 'unknown'} ${result.exception ?? result.status}`,
  };
}

/** The path of a request that matches no route. The query is left out, because it may hold a signature. */
function pathOf({ request: { url = '' } }: Exchange): string {
  const [path = ''] = url.split('?');
  return redactSecrets(path.slice(0, MAX_CHARACTERS));
}

function objectsOf({ objects, bytes, durationMs, failure }: ObjectRecord): object {
  return { objects, bytes, durationMs: rounded(durationMs), failure };
}

function failuresOf(calls: readonly AttemptRecord[] = []): object[] | undefined {
  const failures = calls.flatMap(({ upstream, failure }) =>
    failure === undefined
      ? []
      : [
          {
            upstream: upstream.name,
            ...failure,
            message: logged(failure.message),
            path: logged(failure.path),
          },
        ],
  );
  return failures.length === 0 ? undefined : failures;
}

function logged(message: string | undefined): string | undefined {
  return message === undefined ? undefined : redactSecrets(message.slice(0, MAX_CHARACTERS));
}

/** Clients choose the values, and may have put a secret there. */
function metadataOf(metadata: RequestMetadataRecord['logged']): Record<string, string> | undefined {
  if (metadata === undefined) return undefined;
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, redactSecrets(value)]));
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
