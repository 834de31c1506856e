import { createServer } from 'node:http';
import { LocalUpstream } from './local-upstream.ts';

const PIECES = 100;
const USAGE = { prompt_tokens: 11, completion_tokens: PIECES, total_tokens: 11 + PIECES };
const WORDS = 'word '.repeat(PIECES);

const COMPLETION = JSON.stringify({
  choices: [{ index: 0, message: { role: 'assistant', content: WORDS }, finish_reason: 'stop' }],
  usage: USAGE,
});
const STREAM = [
  ...Array.from({ length: PIECES }, () => chunk({ content: 'word ' }, null)),
  chunk({}, 'stop'),
  `data: ${JSON.stringify({ choices: [], usage: USAGE })}\n\ndata: [DONE]\n\n`,
].join('');

/** An OpenAI-compatible server that sends the same answer to every request, at once and in one piece. */
export class InstantUpstream extends LocalUpstream {
  constructor({ streams }: { streams: boolean }) {
    const answer = Buffer.from(streams ? STREAM : COMPLETION);
    const headers = {
      'content-type': streams ? 'text/event-stream' : 'application/json',
      'content-length': answer.length,
    };
    super(
      createServer({ keepAliveTimeout: 0 }, (request, response) => {
        request.resume().on('end', () => response.writeHead(200, headers).end(answer));
      }),
    );
  }
}

function chunk(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices })}\n\n`;
}
