import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { LocalUpstream } from './local-upstream.ts';

const ANSWER_MS = 20;
const PIECES = 60;
const PIECE_INTERVAL_MS = 50;
const USAGE = { prompt_tokens: 11, completion_tokens: PIECES, total_tokens: 11 + PIECES };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** An OpenAI-compatible server that never fails. Its answers are quick, and its streams take three seconds. */
export class PatientUpstream extends LocalUpstream {
  constructor() {
    super(createServer((request, response) => void answer(request, response)));
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { stream: isStream } = (await json(request)) as { stream?: boolean }; // the proxy's own request
  if (isStream === true) return stream(response);
  await pause(ANSWER_MS);
  const message = { role: 'assistant', content: 'Hello' };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage: USAGE }));
}

async function stream(response: ServerResponse): Promise<void> {
  response.setHeader('content-type', 'text/event-stream');
  for (let piece = 0; piece < PIECES && !response.destroyed; piece++) {
    send(response, [{ index: 0, delta: { content: `piece ${piece} ` } }]);
    await pause(PIECE_INTERVAL_MS);
  }
  send(response, [{ index: 0, delta: {}, finish_reason: 'stop' }]);
  response.end('data: [DONE]\n\n');
}

function send(response: ServerResponse, choices: object[]): void {
  response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', choices, usage: USAGE })}\n\n`);
}
