import type { LogDestination } from '../../src/observability/logs/root-logger.js';
import { decodeEventStream, type StreamEvent } from './event-stream.js';
import { startProxy, type RunningProxy, type Variables } from './proxy.js';
import { startScriptedUpstream, type ScriptedUpstream, type UpstreamScript } from './scripted-upstream.js';
import { TemporaryDirectory } from './temporary-directory.js';

/** A configuration file with scripted upstreams, whose `baseUrl` is filled in. */
export interface RoutedFile {
  readonly upstreams: Readonly<Record<string, object>>;
  readonly models: readonly object[];
  readonly clients?: readonly object[];
  readonly guardrails?: readonly object[];
  readonly requestMetadata?: object;
  readonly s3?: object;
  readonly prompts?: readonly object[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const HELLO = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };

/** The proxy in front of several upstreams, which do not answer until the test scripts them. */
export class RoutedService implements AsyncDisposable {
  private constructor(
    readonly proxy: RunningProxy,
    private readonly upstreams: ReadonlyMap<string, ScriptedUpstream>,
    private readonly directory: TemporaryDirectory,
  ) {}

  static async start(
    { upstreams, ...file }: RoutedFile,
    variables: Variables = {},
    logDestination?: LogDestination,
  ): Promise<RoutedService> {
    const scripted = new Map<string, ScriptedUpstream>();
    const members: Record<string, object> = {};
    for (const [name, settings] of Object.entries(upstreams)) {
      const upstream = await startScriptedUpstream(() => undefined);
      scripted.set(name, upstream);
      members[name] = { baseUrl: upstream.baseUrl, ...settings };
    }
    const directory = new TemporaryDirectory();
    const path = directory.write('config.yaml', JSON.stringify({ upstreams: members, ...file }));
    try {
      const proxy = await startProxy({ CONFIG_FILE: path, ...variables }, logDestination);
      return new RoutedService(proxy, scripted, directory);
    } catch (error) {
      await Promise.all([...scripted.values()].map((upstream) => upstream.close()));
      throw error;
    }
  }

  upstream(name: string): ScriptedUpstream {
    const upstream = this.upstreams.get(name);
    if (upstream === undefined) throw new Error(`no upstream ${name}`);
    return upstream;
  }

  answerWith(scripts: Readonly<Record<string, UpstreamScript>>): void {
    for (const [name, script] of Object.entries(scripts)) this.upstream(name).answerWith(script);
  }

  /** How often each upstream was called, by name. */
  get asked(): Record<string, number> {
    return Object.fromEntries([...this.upstreams].map(([name, { requests }]) => [name, requests.length]));
  }

  async converse(modelId: string, request: object = HELLO, init: RequestInit = {}): Promise<Answer> {
    const response = await this.post(modelId, 'converse', { ...init, body: JSON.stringify(request) });
    // every answer to Converse is a JSON object
    const body = (await response.json()) as Answer['body'];
    return { status: response.status, headers: response.headers, body };
  }

  /** The events of an answer that begins as a stream. */
  async converseStream(modelId: string, request: object = HELLO): Promise<StreamEvent[]> {
    const response = await this.open(modelId, request);
    if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`);
    return decodeEventStream(new Uint8Array(await response.arrayBuffer()));
  }

  /** A stream as it begins. */
  open(modelId: string, request: object = HELLO, init: RequestInit = {}): Promise<Response> {
    return this.post(modelId, 'converse-stream', { ...init, body: JSON.stringify(request) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close();
    await Promise.all([...this.upstreams.values()].map((upstream) => upstream.close()));
    this.directory[Symbol.dispose]();
  }

  /** A request to an operation on a model. */
  post(modelId: string, operation: string, init: RequestInit): Promise<Response> {
    const url = `${this.proxy.url}/model/${encodeURIComponent(modelId)}/${operation}`;
    return fetch(url, { method: 'POST', ...init });
  }
}

export function bearer(key: string): RequestInit {
  return { headers: { authorization: `Bearer ${key}` } };
}
