import { isNativeError } from 'node:util/types';
import { redactSecrets } from './redact-secrets.js';

const MAX_CHARACTERS = 500;
const MAX_CAUSES = 3;
/** Parsers quote their input, which may be a prompt or an answer. */
const QUOTED = /".*"/gs;

export interface ErrorRecord {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  /** The stack frames, without the message. */
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

/** An error → the members that may be logged. Others are left out, because they may be headers and bodies. */
export function errorToRecord(error: unknown, causes = MAX_CAUSES): ErrorRecord {
  if (!isNativeError(error)) return { name: typeof error, message: messageOf(String(error)) };
  const code = codeOf(error);
  const stack = framesOf(error);
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    message: messageOf(error.message),
    ...(stack !== '' && { stack }),
    ...(error.cause != null && causes > 0 && { cause: errorToRecord(error.cause, causes - 1) }),
  };
}

function messageOf(message: string): string {
  return redactSecrets(message.slice(0, MAX_CHARACTERS).replace(QUOTED, '"…"'));
}

function codeOf(error: Error): string | undefined {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? redactSecrets(code.slice(0, MAX_CHARACTERS)) : undefined;
}

/** The text before the frames repeats the message. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
