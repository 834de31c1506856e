import type { Call, CallAttempt } from '../../src/inspector/call.ts';

/** The call that the client's answer comes from: the last one, of those that were made for the answer. */
export function answeringCall({ calls }: Call): CallAttempt | undefined {
  return calls.findLast(({ aside }) => aside === undefined);
}
