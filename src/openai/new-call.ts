import type { Upstream } from '../config/configuration.js';
import { type CallOptions, UpstreamCall } from './upstream-call.js';
import type { UpstreamTarget } from './upstream-target.js';

/** A call whose deadline is that of the whole answer. */
export function wholeCall(upstream: Upstream, options: CallOptions): UpstreamCall {
  const timeoutMs = timeoutOf(options, upstream.timeoutMs);
  const call = new UpstreamCall(options);
  call.setDeadline(timeoutMs, `no whole answer within ${timeoutMs} ms`);
  return call;
}

/** A call whose deadline is that of the first event. */
export function streamCall({ upstream }: UpstreamTarget, options: CallOptions): UpstreamCall {
  const firstEventTimeoutMs = timeoutOf(options, upstream.firstEventTimeoutMs);
  const call = new UpstreamCall(options);
  call.setDeadline(firstEventTimeoutMs, `no content within ${firstEventTimeoutMs} ms`);
  return call;
}

function timeoutOf({ timeoutMs = Infinity }: CallOptions, ownTimeoutMs: number): number {
  return Math.min(timeoutMs, ownTimeoutMs);
}
