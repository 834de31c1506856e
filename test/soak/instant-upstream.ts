import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const COMPLETION = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  }),
);

/** An OpenAI-compatible server that says the same to everybody, after a while. */
export class InstantUpstream {
  readonly #server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    request.resume().on('end', () => {
      const answer = (): void => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': COMPLETION.length });
        response.end(COMPLETION);
      };
      if (this.#delayMs > 0) setTimeout(answer, this.#delayMs);
      else answer();
    });
  });

  readonly #delayMs: number;

  constructor(delayMs = 0) {
    this.#delayMs = delayMs;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo; // a TCP port, not a pipe
    return `http://127.0.0.1:${port}/v1`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
