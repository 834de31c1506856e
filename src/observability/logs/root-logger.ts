import { isNativeError } from 'node:util/types';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogSettings } from '../../config/settings.js';
import { errorToRecord } from './error-to-record.js';
import { standardOutput } from './log-output.js';
import { hasColors, painter } from './pretty/paint.js';
import { toPrettyText } from './pretty/pretty-text.js';

/** Where lines are written; tests use another destination than standard output. */
export type LogDestination = DestinationStream;

/** Creates the only logger of the process. */
export function createRootLogger({ level, format }: LogSettings, destination?: LogDestination): Logger {
  const output = destination ?? (format === 'pretty' ? prettyOutput() : standardOutput());
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // replaces pino's serializer, which writes every member of an error
      serializers: { err: (error: unknown) => (isNativeError(error) ? errorToRecord(error) : error) },
      formatters: { level: (label) => ({ level: label }) },
    },
    output,
  );
}

/** The destination of the logger, for lines that bypass pino. */
export function destinationOf(root: Logger): LogDestination {
  // pino's types have the symbol, but not the member under it
  return Reflect.get(root, pino.symbols.streamSym) as LogDestination;
}

/** Readable text for a terminal. */
function prettyOutput(): LogDestination {
  const paint = painter(hasColors());
  const output = standardOutput();
  return { write: (line) => output.write(toPrettyText(line, paint)) };
}
