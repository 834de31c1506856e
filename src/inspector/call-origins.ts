import type { Exchange } from '../observability/exchange.js';
import type { OperationReport } from '../observability/operation-report.js';
import type { CallOrigin } from './call.js';
import { composed } from './origin-of.js';
import type { ReadAttempt } from './read-attempt.js';

/** Origins that are no paths. */
const WORDS: ReadonlySet<string> = new Set(['route', 'dialect', 'default', 'guardrail']);
const CONTENT = 'output.message.content';
const NOTHING: readonly CallOrigin[] = [];

/** Where the values of an upstream request come from, in the paths of the client's request. */
export function requestOrigins(
  { attempt }: ReadAttempt,
  report: OperationReport | undefined,
): readonly CallOrigin[] {
  const origins = told(attempt.transcript?.origins.request);
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

/** Where the values of the client's answer come from, in the paths of the upstream's answer; of a stream, its events. */
export function answerOrigins(exchange: Exchange, last: ReadAttempt | undefined): readonly CallOrigin[] {
  const { answer, events } = last?.attempt.transcript?.origins ?? {};
  if (last?.events !== undefined)
    return events === undefined ? NOTHING : told(() => eventOrigins(exchange, last, events));
  const origins = last?.attempt.failure === undefined ? told(answer) : NOTHING;
  if (origins.length === 0) return NOTHING;
  const converse = exchange.stopReason === 'guardrail_intervened' ? origins.map(guarded) : origins;
  const native = exchange.content?.native?.answer;
  return native === undefined ? converse : composed(told(native), converse);
}

/** What could not be translated cannot be translated once more. */
function told(list: (() => readonly CallOrigin[]) | undefined): readonly CallOrigin[] {
  try {
    return list?.() ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

type EventsOf = NonNullable<NonNullable<ReadAttempt['attempt']['transcript']>['origins']['events']>;

function eventOrigins(
  { content }: Exchange,
  { events = [] }: ReadAttempt,
  eventsOf: EventsOf,
): readonly CallOrigin[] {
  const origins = eventsOf(events.map(({ text }) => text));
  const native = content?.native?.events?.(origins.map(({ event }) => event));
  const sources =
    native?.map((indexes) => indexes.flatMap((index) => origins[index]?.from ?? [])) ??
    origins.map(({ from }) => from);
  // a guardrail wrote other events than the translation
  if (content === undefined || sources.length < content.items.length) return NOTHING;
  return sources.map((from, index) => ({
    path: String(index),
    from: from.length > 0 ? [...new Set(from)].map(String) : ['default'],
    isCopy: false,
  }));
}

/** A guardrail masks the text that it lets through, and says why. */
function guarded({ path, from, isCopy }: CallOrigin): CallOrigin {
  const isGuarded = path === 'stopReason' || path.startsWith(CONTENT);
  return { path, from: isGuarded ? [...from, 'guardrail'] : from, isCopy };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}
