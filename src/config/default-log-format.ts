import { isatty } from 'node:tty';
import type { LogFormat } from './settings.js';

const STANDARD_OUTPUT = 1;

/** The log format when `LOG_FORMAT` is unset: pretty at a terminal, JSON everywhere else. */
export function defaultLogFormat(): LogFormat {
  // isatty, because reading `process.stdout` makes a pipe non-blocking, which truncates long output
  const isTerminal = isatty(STANDARD_OUTPUT) && process.env['NODE_ENV'] !== 'production';
  return isTerminal ? 'pretty' : 'json';
}
