import { isNativeError } from 'node:util/types';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogSettings } from '../../config/settings.js';
import { errorToRecord } from './error-to-record.js';
import { standardOutput } from './log-output.js';

/** Where lines go: something else than standard output in tests. */
export type LogDestination = DestinationStream;

/** The one logger of the process. */
export async function createRootLogger(
  { level, format }: LogSettings,
  destination?: LogDestination,
): Promise<Logger> {
  const output = destination ?? (await outputFor(format));
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

async function outputFor(format: LogSettings['format']): Promise<LogDestination> {
  return (format === 'pretty' ? await prettyOutput() : undefined) ?? standardOutput();
}

/** For people who develop: undefined where the package for it is not installed, as in the container image. */
async function prettyOutput(): Promise<LogDestination | undefined> {
  try {
    const { PinoPretty } = await import('pino-pretty');
    return PinoPretty({ sync: true, singleLine: true, translateTime: 'HH:MM:ss.l' });
  } catch {
    return undefined;
  }
}
