import { COLUMNS, indented, shortened } from './layout.js';
import type { Color, Paint } from './paint.js';

/** A parsed line of the log. */
export type LogRecord = Readonly<Record<string, unknown>>;

const TIME_WIDTH = 'hh:mm:ss '.length;
const MIN_SUBJECT_WIDTH = 16;
/** Of operation and cost; more would leave too little room for the model's name. */
const MAX_BESIDE_MODEL = 36;
const ARROW = ' → ';
const MS_PER_SECOND = 1_000;
const CLIENT_ERROR = 400;
const SERVER_ERROR = 500;

/** Whether the record is a line of the access log. */
export function isCall(record: LogRecord): boolean {
  return 'durationMs' in record && 'status' in record;
}

/**
 * One line: status, operation, model, time and tokens. Further lines say what failed, and what was ignored.
 * @returns the text without the time of day
 */
export function callToText(call: LogRecord, paint: Paint): string {
  const status = String(call['status']);
  const operation =
    textOf(call, 'operation') ?? `${textOf(call, 'method') ?? ''} ${textOf(call, 'path') ?? ''}`;
  const cost = costOf(call, operation);
  const room = COLUMNS - TIME_WIDTH - [status, operation, cost].join(' ').length - 1;
  const subject = subjectOf(call, Math.max(room, MIN_SUBJECT_WIDTH));
  const first = [
    paint(colorOf(call), status),
    shortened(operation, COLUMNS - TIME_WIDTH - MIN_SUBJECT_WIDTH),
    ...(subject === '' ? [] : [paint('bold', subject)]),
    paint('dim', cost),
  ].join(' ');
  const troubles = troublesOf(call);
  return troubles === '' ? first : `${first}\n${paint(colorOf(call), indented(troubles))}`;
}

function colorOf(call: LogRecord): Color {
  const status = Number(call['status']);
  if (status >= SERVER_ERROR || call['level'] === 'error') return 'red';
  return status >= CLIENT_ERROR || call['clientLeft'] === true || 'ignored' in call ? 'yellow' : 'green';
}

/** The requested model and, if it differs, the target. Both are shortened when they do not fit. */
function subjectOf(call: LogRecord, width: number): string {
  const modelId = textOf(call, 'modelId') ?? '';
  const model = textOf(call, 'model');
  if (model === undefined || (model === modelId && Number(call['attempts']) === 1)) {
    return shortened(modelId, width);
  }
  const target = `${textOf(call, 'upstream') ?? ''}/${model}`;
  const both = width - ARROW.length;
  const targetWidth = Math.max(Math.floor(both / 2), both - modelId.length);
  const shownTarget = shortened(target, targetWidth);
  return shortened(modelId, both - shownTarget.length) + ARROW + shownTarget;
}

function costOf(call: LogRecord, operation: string): string {
  const total = spanOf(Number(call['durationMs']));
  const first = call['firstEventMs'];
  const [input, output] = [call['inputTokens'], call['outputTokens']];
  const tokens =
    typeof input === 'number' && typeof output === 'number' ? `, ${input} in, ${output} out` : '';
  const detailed =
    typeof first === 'number' ? `${total} (first ${spanOf(first)})${tokens}` : `${total}${tokens}`;
  const isTooLong =
    textOf(call, 'modelId') !== undefined && operation.length + detailed.length > MAX_BESIDE_MODEL;
  return isTooLong ? `${total}${tokens}` : detailed;
}

function spanOf(ms: number): string {
  return ms < MS_PER_SECOND ? `${Math.round(ms)} ms` : `${(ms / MS_PER_SECOND).toFixed(1)} s`;
}

function troublesOf(call: LogRecord): string {
  const ignored = listOf(call['ignored']).map(String);
  return [
    textOf(call, 'exception'),
    textOf(call, 'reason'),
    textOf(call, 'refusal'),
    ...listOf(call['failures']).map(failureOf),
    call['clientLeft'] === true ? 'the client left' : undefined,
    ignored.length === 0 ? undefined : `ignored: ${ignored.join(', ')}`,
  ]
    .filter((trouble) => trouble !== undefined && trouble !== '')
    .join('; ');
}

/**
 * `{upstream, outcome, status, code, message, path}` → `local: connect ECONNREFUSED`; a message often repeats the code.
 * The path is shown when a message explains the status, because then the path is wrong.
 */
function failureOf(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return '';
  const { upstream, message = '', path, ...reasons } = failure as LogRecord;
  const isPathWrong = 'status' in reasons && message !== '';
  const told = `${isPathWrong ? `${wordOf(path)} ` : ''}${wordOf(message)}`;
  const others = Object.values(reasons)
    .map(wordOf)
    .filter((word) => !told.includes(word));
  return `${wordOf(upstream)}: ${[...others, told].filter((word) => word !== '').join(' ')}`;
}

/** Empty for a value that is neither a string nor a number. */
function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function textOf(call: LogRecord, name: string): string | undefined {
  const value = call[name];
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
