import type { Upstream } from '../../config/configuration.js';
import type { Endpoint } from '../../openai/endpoint.js';

/** An updated server may have the endpoint, so it is asked again after this time. */
const REMEMBERED_MS = 600_000;

/** Remembers which endpoints an upstream does not have. */
export class MissingEndpoints {
  readonly #expiries = new WeakMap<Upstream, Map<Endpoint, number>>();

  has(upstream: Upstream, endpoint: Endpoint): boolean {
    return (this.#expiries.get(upstream)?.get(endpoint) ?? 0) > performance.now();
  }

  add(upstream: Upstream, endpoint: Endpoint): void {
    const expiries = this.#expiries.get(upstream) ?? new Map<Endpoint, number>();
    this.#expiries.set(upstream, expiries.set(endpoint, performance.now() + REMEMBERED_MS));
  }
}
