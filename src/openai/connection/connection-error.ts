import { errors } from 'undici';
import { UpstreamError, unusable } from '../upstream.error.js';

export const SWITCHING_PROTOCOLS = 101;

/** undici's message for an answer that switches protocols. */
const BAD_UPGRADE = 'bad upgrade';

/** An error of undici → `connect` before the request was sent; afterwards `reset`, or `unusable` if the answer is not HTTP. */
export function connectionErrorToUpstreamError(error: unknown, isSent: boolean): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const code = textMember(error, 'code');
  const message = textMember(error, 'message') ?? code ?? 'the connection failed';
  const details = { code, cause: error };
  if (!isSent) return new UpstreamError('connect', message, details);
  if (error instanceof errors.SocketError && message === BAD_UPGRADE) return protocolSwitchError();
  const isHttp = !(error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError);
  if (!isHttp) return unusable(message, details);
  return new UpstreamError('reset', message, details);
}

/** The error for status 101, the only interim answer that no HTTP answer follows. */
export function protocolSwitchError(): UpstreamError {
  return new UpstreamError('status', 'a switch to another protocol, which was not asked for', {
    status: SWITCHING_PROTOCOLS,
  });
}

function textMember(error: unknown, name: 'code' | 'message'): string | undefined {
  if (typeof error !== 'object' || error === null || !(name in error)) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
