import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWERS, type Answer, type AnswerName } from '../cases/answers.ts';
import { FedStreams, type FedStreamsOptions } from '../load/fed-streams.ts';
import { answerAsks } from './asks.ts';

/**
 * The scripted upstream: it sends its prepared answer to every request without reading the request. Run it with
 * its port as argument.
 */
let answer: Answer = ANSWERS.text;
let streams: FedStreams | undefined;
let lastBody: Buffer[] | undefined;

const [, , wantedPort] = process.argv;
const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, receive);
await once(server.listen(Number(wantedPort), '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo; // a TCP port, not a pipe

answerAsks({
  port: () => port,
  say: (name: AnswerName) => void (answer = ANSWERS[name]),
  keepBodies: () => void (lastBody = []),
  lastBody: () => {
    const body = Buffer.concat(lastBody ?? []).toString();
    lastBody = undefined;
    return body;
  },
  openStreams: async (options: FedStreamsOptions) => {
    streams = new FedStreams(options);
    await streams.open();
  },
  openAsManyAgain: () => streams?.open(),
  arrivedChunks: () => streams?.arrived ?? 0,
  closeStreams: async () => {
    await streams?.close();
    streams = undefined;
  },
});

function receive(request: IncomingMessage, response: ServerResponse): void {
  if (lastBody) request.on('data', (part: Buffer) => lastBody?.push(part));
  else request.resume();
  request.on('end', () => respond(response));
}

function respond(response: ServerResponse): void {
  if (streams) return streams.accept(response);
  const { contentType, bytes } = answer;
  const isStream = contentType === ANSWERS.burst.contentType;
  response.writeHead(200, {
    'content-type': contentType,
    ...(!isStream && { 'content-length': bytes.length }),
  });
  response.end(bytes);
}
