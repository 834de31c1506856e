import { callToText, isCall, type LogRecord } from './call-text.js';
import { indented, wrapped, COLUMNS } from './layout.js';
import type { Color, Paint } from './paint.js';

const TIME_OF_DAY = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const clock = new Intl.DateTimeFormat('en', TIME_OF_DAY);
const COLORS: Readonly<Record<string, Color>> = { fatal: 'red', error: 'red', warn: 'yellow', debug: 'dim' };
/** Members that are shown elsewhere in the text, or that a person does not need. */
const SHOWN: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'context', 'err', 'requestId']);

/** A JSON line of the log → text for a terminal of 80 columns. */
export function toPrettyText(line: string, paint: Paint): string {
  const record = JSON.parse(line) as LogRecord; // it was written as an object
  const time = paint('dim', clock.format(new Date(String(record['time']))));
  const text = isCall(record) ? callToText(record, paint) : messageToText(record, paint);
  return `${time} ${text}\n`;
}

function messageToText(record: LogRecord, paint: Paint): string {
  const level = String(record['level']);
  const label = level === 'info' ? '' : `${level} `;
  const [first = '', ...more] = wrapped(`${label}${messageOf(record)}`, COLUMNS - 'hh:mm:ss '.length);
  const color = COLORS[level];
  const tint = (text: string): string => (color === undefined ? text : paint(color, text));
  return [
    tint(first),
    ...more.map((each) => tint(indented(each))),
    ...stackOf(record['err']).map((frame) => paint('dim', indented(frame))),
    ...membersOf(record).map((member) => paint('dim', indented(member))),
  ].join('\n');
}

function messageOf({ msg }: LogRecord): string {
  return typeof msg === 'string' ? msg : '';
}

function stackOf(error: unknown): string[] {
  const stack: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'stack') : undefined;
  return typeof stack === 'string' ? stack.split('\n').map((frame) => frame.trim()) : [];
}

function membersOf(record: LogRecord): string[] {
  return Object.entries(record)
    .filter(([name]) => !SHOWN.has(name))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}
