import { UpstreamError } from '../../src/openai/upstream.error.js';

/** The UpstreamError of a rejected promise, as data. Fails for any other result. */
export async function upstreamFailureOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UpstreamError) return failureToData(error);
    throw error;
  }
  throw new Error('nothing was thrown');
}

export function failureToData(error: UpstreamError): Record<string, unknown> {
  const { failure, message, status, code, type, param, retryAfter, retryAfterMs } = error;
  const data = { failure, message, status, code, type, param, retryAfter, retryAfterMs };
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
