import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface RecordedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body, its text if it is not JSON, or undefined if there is none. */
  readonly body: unknown;
}

export type UpstreamScript = (request: RecordedRequest, response: ServerResponse) => unknown;

/** A local server that answers by a script and records the requests. */
export class ScriptedUpstream {
  readonly requests: RecordedRequest[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((message, response) => void this.#answer(message, response));
  /** Resolvers of the calls that wait for a change. */
  #watchers: (() => void)[] = [];

  #script: UpstreamScript;

  constructor(script: UpstreamScript) {
    this.#script = script;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#changed();
      });
    });
  }

  get origin(): string {
    // A server that listens on a port has an address with one.
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** What `OPENAI_API_BASE` would be. */
  get baseUrl(): string {
    return `${this.origin}/v1`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  get lastRequest(): RecordedRequest | undefined {
    return this.requests.at(-1);
  }

  /** From the next request on. */
  answerWith(script: UpstreamScript): void {
    this.#script = script;
  }

  /** Resolves once `count` requests have been received whole, since the start. */
  async received(count: number): Promise<void> {
    await this.#until(() => this.requests.length >= count);
  }

  /** Resolves once at most `count` connections are open. */
  async socketsDownTo(count: number): Promise<void> {
    await this.#until(() => this.#sockets.size <= count);
  }

  /** Ends the connections that no call uses, as a server does after some seconds. */
  endIdleConnections(): void {
    this.#server.closeIdleConnections();
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    try {
      for await (const part of message.setEncoding('utf8')) text += part;
    } catch {
      return; // The client broke off in the middle of its request.
    }
    const request: RecordedRequest = {
      method: message.method ?? '',
      path: message.url ?? '',
      headers: message.headers,
      body: parseBody(text),
    };
    this.requests.push(request);
    this.#changed();
    await this.#script(request, response);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  #changed(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const resolve of watchers) resolve();
  }
}

export async function startScriptedUpstream(script: UpstreamScript): Promise<ScriptedUpstream> {
  return new ScriptedUpstream(script).listen();
}

/** Answers every request with this JSON. */
export function answerJson(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): UpstreamScript {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers every request with this text. */
export function answerText(
  text: string,
  status = 200,
  contentType = 'text/plain',
  headers: Record<string, string> = {},
): UpstreamScript {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': contentType, ...headers });
    response.end(text);
  };
}

/** Answers every request with a stream of these chunks, each an event, and `[DONE]`. */
export function answerChunks(chunks: readonly unknown[]): UpstreamScript {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunks) response.write(toServerSentEvent(chunk));
    response.end('data: [DONE]\n\n');
  };
}

export function toServerSentEvent(chunk: unknown): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
