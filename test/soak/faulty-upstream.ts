import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LocalUpstream } from './local-upstream.ts';

/** The ways in which an upstream ends a stream. A client selects one by the name of the model. */
export type Behaviour = (response: ServerResponse) => unknown;

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const PIECES = 20;
const PIECE_INTERVAL_MS = 5;
const FLOOD_PIECES = 64;
const FLOOD_PIECE = 'x'.repeat(16_384);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Behaves as the name of the model says. Streams of `fine` models succeed, the others fail. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'fine-text': async (response) => {
    begin(response);
    for (let piece = 0; piece < PIECES && !response.destroyed; piece++) {
      send(response, { content: `piece ${piece} ` });
      await pause(PIECE_INTERVAL_MS);
    }
    finish(response, 'stop');
  },
  'fine-tools': (response) => {
    begin(response);
    const calls = ['a', 'b', 'c'];
    for (const [index, id] of calls.entries()) {
      send(response, {
        tool_calls: [{ index, id, type: 'function', function: { name: 'tool', arguments: '' } }],
      });
    }
    for (const part of ['{"x":', '"y"}']) {
      for (const index of calls.keys())
        send(response, { tool_calls: [{ index, function: { arguments: part } }] });
    }
    finish(response, 'tool_calls');
  },
  'fine-reasoning': (response) => {
    begin(response);
    send(response, { reasoning_content: 'Let me think.' });
    send(response, { content: 'Done.' });
    finish(response, 'stop');
  },
  'fine-flood': async (response) => {
    begin(response);
    for (let piece = 0; piece < FLOOD_PIECES && !response.destroyed; piece++) {
      if (!send(response, { content: FLOOD_PIECE })) await drained(response);
    }
    finish(response, 'stop');
  },
  refused: (response) => response.socket?.resetAndDestroy(),
  throttled: (response) => fail(response, 429),
  broken: (response) => fail(response, 500),
  silent: () => undefined,
  'silent-after-headers': (response) => begin(response),
  stalled: (response) => begun(response),
  truncated: (response) => begun(response).end(),
  garbage: (response) => begun(response).end('data: {"choices":[{"delta"\n\n'),
  'error-inside': (response) => begun(response).end('data: {"error":{"message":"on fire","code":500}}\n\n'),
  reset: (response) => {
    begun(response);
    setTimeout(() => response.socket?.resetAndDestroy(), PIECE_INTERVAL_MS);
  },
};

/** An OpenAI-compatible server that fails in every way. */
export class FaultyUpstream extends LocalUpstream {
  requests = 0;

  constructor() {
    super(createServer((request, response) => void this.#answer(request, response)));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    try {
      const text = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
      const { model } = JSON.parse(text) as { model: string }; // what the proxy sends
      response.on('error', () => undefined);
      await BEHAVIOURS[model]?.(response);
    } catch {
      response.destroy(); // the proxy ended the call
    }
  }
}

function begin(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  send(response, { role: 'assistant', content: '' });
  return response;
}

function begun(response: ServerResponse): ServerResponse {
  begin(response);
  send(response, { content: 'One ' });
  send(response, { content: 'two ' });
  return response;
}

function send(response: ServerResponse, delta: object, finish_reason: string | null = null): boolean {
  return response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
}

function finish(response: ServerResponse, reason: string): void {
  send(response, {}, reason);
  response.write(`data: ${JSON.stringify({ choices: [], usage: USAGE })}\n\n`);
  response.end('data: [DONE]\n\n');
}

function fail(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{"error":{"message":"No"}}');
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}
