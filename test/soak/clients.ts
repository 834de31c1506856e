import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import type { Readable } from 'node:stream';

/** An answer whose headers have arrived. */
export interface Answer {
  readonly status: number;
  /** The name of the exception, if the answer is one. */
  readonly errorType: string | undefined;
  readonly body: Readable;
}

/** One call: its answer, and a function that disconnects at any time. */
export interface Call {
  readonly answer: Promise<Answer>;
  leave(): void;
  /** Call it when the answer was read or is no longer wanted. */
  end(): void;
}

/** A way to call the proxy. */
export interface Client {
  open(path: string, body: string): Call;
  close(): void;
}

/** HTTP/1.1, over reused connections or over one connection per call. */
export function http1Client(url: string, keepAlive: boolean): Client {
  const agent = new Agent({ keepAlive });
  return {
    open: (path, body) => {
      const call = request(url + path, { method: 'POST', agent });
      call.on('error', () => undefined);
      call.end(body);
      return {
        answer: responseOf(call),
        leave: () => call.destroy(),
        end: () => undefined,
      };
    },
    close: () => agent.destroy(),
  };
}

/** HTTP/2, many calls on one connection. */
export function http2Client(url: string): Client {
  let session = connect(url).on('error', () => undefined);
  return {
    open: (path, body) => {
      if (session.closed || session.destroyed) session = connect(url).on('error', () => undefined);
      return http2Call(session, path, body);
    },
    close: () => session.destroy(),
  };
}

/** HTTP/2 as the AWS SDK uses it: one connection per call, and GOAWAY when its headers have arrived. */
export function sdkLikeClient(url: string): Client {
  return {
    open: (path, body) => {
      const session = connect(url).on('error', () => undefined);
      const call = http2Call(session, path, body);
      return {
        answer: call.answer.then((begun) => {
          session.close();
          return begun;
        }),
        leave: () => {
          call.leave();
          session.destroy();
        },
        end: () => session.destroy(),
      };
    },
    close: () => undefined,
  };
}

async function responseOf(call: ReturnType<typeof request>): Promise<Answer> {
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  const errorType = response.headers['x-amzn-errortype']?.toString();
  return { status: response.statusCode ?? 0, errorType, body: response };
}

function http2Call(session: ClientHttp2Session, path: string, body: string): Call {
  const stream = session.request({ ':method': 'POST', ':path': path });
  stream.on('error', () => undefined);
  stream.end(body);
  return {
    answer: once(stream, 'response').then(([headers]: IncomingHttpHeaders[]) => ({
      status: Number(headers?.[':status']),
      errorType: headers?.['x-amzn-errortype']?.toString(),
      body: stream,
    })),
    leave: () => stream.close(),
    end: () => undefined,
  };
}
