import type { Configurations, Upstream } from '../config/configuration.js';
import { UpstreamClient } from './upstream-client.js';

/** One client, and so one connection pool, for each upstream of the current configuration. */
export class UpstreamClients {
  readonly #clients = new Map<Upstream, UpstreamClient>();
  /** Clients of upstreams that a reload has removed. They close when their calls have ended. */
  readonly #retired = new Set<UpstreamClient>();
  #upstreams: readonly Upstream[];

  constructor(private readonly configurations: Configurations) {
    this.#upstreams = configurations.current.upstreams;
  }

  of(upstream: Upstream): UpstreamClient {
    const { upstreams } = this.configurations.current;
    if (upstreams !== this.#upstreams) this.#retireExcept(upstreams);
    const client = this.#clients.get(upstream) ?? new UpstreamClient(upstream);
    this.#clients.set(upstream, client);
    return client;
  }

  /** Ends the calls that still run. */
  async close(): Promise<void> {
    const clients = [...this.#clients.values(), ...this.#retired];
    await Promise.all(clients.map((client) => client.close()));
  }

  #retireExcept(upstreams: readonly Upstream[]): void {
    this.#upstreams = upstreams;
    for (const [upstream, client] of this.#clients) {
      if (upstreams.includes(upstream)) continue;
      this.#clients.delete(upstream);
      this.#retired.add(client);
      void client.closeWhenIdle().then(() => this.#retired.delete(client));
    }
  }
}
