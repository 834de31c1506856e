import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { answer } from './answer.ts';
import { chunks } from './chunks.ts';
import { embeddings, ranking, type EmbeddingsRequest, type RerankRequest } from './relevance.ts';

export const MODEL = 'demo-model';
/** Slow enough to make streaming visible. */
const CHUNK_INTERVAL_MS = 60;

/** An OpenAI-compatible server without a model: it prints the requests and answers by rules. */
export class StandIn implements AsyncDisposable {
  lastRequest?: ChatCompletionCreateParams;
  readonly #server = createServer((request, response) => void this.#route(request, response));

  static async start(): Promise<StandIn> {
    const standIn = new StandIn();
    await once(standIn.#server.listen(0, '127.0.0.1'), 'listening');
    return standIn;
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo; // a TCP port, not a pipe
    return `http://127.0.0.1:${port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => void this.#server.close(closed));
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/v1/chat/completions') return this.#complete(request, response);
    // whoever calls is trusted here
    if (request.url === '/v1/embeddings')
      return sendJson(response, 200, embeddings((await json(request)) as EmbeddingsRequest));
    if (request.url === '/v1/rerank')
      return sendJson(response, 200, ranking((await json(request)) as RerankRequest));
    if (request.url === '/v1/models')
      return sendJson(response, 200, { object: 'list', data: [{ id: MODEL }] });
    sendJson(response, 404, { error: { message: `There is no ${request.url}`, code: 'not_found' } });
  }

  async #complete(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const params = (await json(request)) as ChatCompletionCreateParams; // whoever calls is trusted here
    this.lastRequest = params;
    if (!params.stream) return sendJson(response, 200, answer(params));
    response.setHeader('content-type', 'text/event-stream');
    for (const chunk of chunks(answer(params), params.stream_options?.include_usage ?? false)) {
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      await setTimeout(CHUNK_INTERVAL_MS);
    }
    response.end('data: [DONE]\n\n');
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
