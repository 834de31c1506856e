import { isNativeError } from 'node:util/types';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogSettings } from '../../config/settings.js';
import { errorToRecord } from './error-to-record.js';
import { standardOutput } from './log-output.js';
import { hasColors, painter } from './pretty/paint.js';
import { toPrettyText } from './pretty/pretty-text.js';

/** Where lines go: something else than standard output in tests. */
export type LogDestination = DestinationStream;

/** The one logger of the process. */
export function createRootLogger({ level, format }: LogSettings, destination?: LogDestination): Logger {
  const output = destination ?? (format === 'pretty' ? prettyOutput() : standardOutput());
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // in place of pino's own, which writes every member of an error
      serializers: { err: (error: unknown) => (isNativeError(error) ? errorToRecord(error) : error) },
      formatters: { level: (label) => ({ level: label }) },
    },
    output,
  );
}

/** For lines that are written without it. */
export function destinationOf(root: Logger): LogDestination {
  // in the typings the symbol is there, what stands under it is not
  return Reflect.get(root, pino.symbols.streamSym) as LogDestination;
}

/** For people at a terminal. */
function prettyOutput(): LogDestination {
  const paint = painter(hasColors());
  const output = standardOutput();
  return { write: (line) => output.write(toPrettyText(line, paint)) };
}
