import type { Environment } from '../../src/config/environment.js';
import type { LogDestination } from '../../src/observability/logs/root-logger.js';
import { startProxy, type RunningProxy } from './proxy.js';
import { startScriptedUpstream, type ScriptedUpstream } from './scripted-upstream.js';

/** The proxy in front of an upstream that does not answer until the test scripts it. */
export class Service implements AsyncDisposable {
  private constructor(
    readonly upstream: ScriptedUpstream,
    readonly proxy: RunningProxy,
  ) {}

  static async start(
    variables: Partial<Record<keyof Environment, string>> = {},
    logDestination?: LogDestination,
  ): Promise<Service> {
    const upstream = await startScriptedUpstream(() => undefined);
    const proxy = await startProxy({ OPENAI_API_BASE: upstream.baseUrl, ...variables }, logDestination);
    return new Service(upstream, proxy);
  }

  get url(): string {
    return this.proxy.url;
  }

  /** The bodies of the chat completion requests so far. */
  get upstreamRequests(): unknown[] {
    return this.upstream.requests.map(({ body }) => body);
  }

  /** Forgets the requests and the script. */
  reset(): void {
    this.upstream.requests.length = 0;
    this.upstream.answerWith(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close();
    await this.upstream.close();
  }
}
