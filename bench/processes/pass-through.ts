import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool, type Dispatcher } from 'undici';
import { answerAsks } from './asks.ts';

/**
 * The reference target: the least that a hop costs in Node. It forwards the same bytes in both directions as
 * they arrive. Run it with the upstream's origin as its argument; with `parse` as a second one it also parses
 * every answer.
 */
const [, , upstream = '', option] = process.argv;
const parses = option === 'parse';
const pool = new Pool(upstream, { headersTimeout: 0, bodyTimeout: 0 });
const server = createServer(receive);
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo; // a TCP port, not a pipe
answerAsks({ port: () => port });

function receive(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    pool.dispatch({ method: 'POST', path: request.url ?? '', headers, body }, new Pipe(response));
  });
}

/** The upstream's answer → the client. */
class Pipe implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  readonly #parts: Buffer[] = [];

  readonly response: ServerResponse;

  constructor(response: ServerResponse) {
    this.response = response;
    response.on('drain', () => this.#controller?.resume());
    response.on('close', () => {
      if (!response.writableEnded) this.#controller?.abort(new Error('the client has left'));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: NodeJS.Dict<string | string[]>,
  ): void {
    const { connection: _connection, 'transfer-encoding': _encoding, ...passed } = headers;
    this.response.writeHead(status, passed);
  }

  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    if (parses) this.#parts.push(bytes);
    if (!this.response.write(bytes)) controller.pause();
  }

  onResponseEnd(): void {
    if (parses) JSON.parse(Buffer.concat(this.#parts).toString());
    this.response.end();
  }

  onResponseError(): void {
    this.response.destroy();
  }
}
