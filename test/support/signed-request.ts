import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { SignatureV4 } from '@smithy/signature-v4';
import { TEAM_A } from './guarded-service.js';
import { Sha256 } from './sha256.js';

/** A request as it is sent, including forms that no client would send. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface Signing {
  readonly method?: string;
  /** Encoded as it is sent, without a query. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly host: string;
  /** HTTP/2 has `:authority` in place of `host`. */
  readonly hostHeader?: 'host' | ':authority';
  readonly at?: Date;
  readonly service?: string;
  readonly secretAccessKey?: string;
}

/** A request of team-a, signed by the official signer. */
export async function signedRequest(signing: Signing): Promise<WireRequest> {
  const { method = 'POST', path = '/model/claude/converse', body = '{"messages":[]}' } = signing;
  const signer = new SignatureV4({
    service: signing.service ?? 'bedrock',
    region: 'us-east-1',
    credentials: { ...TEAM_A, secretAccessKey: signing.secretAccessKey ?? TEAM_A.secretAccessKey },
    sha256: Sha256,
  });
  const headers = {
    [signing.hostHeader ?? 'host']: signing.host,
    'content-length': String(Buffer.byteLength(body)),
    'content-type': 'application/json',
    ...signing.headers,
  };
  const signed = await signer.sign(
    { method, protocol: 'http:', hostname: signing.host, path, query: {}, headers, body },
    { signingDate: signing.at ?? new Date() },
  );
  return { method, target: path, headers: Object.entries(signed.headers), body };
}

export interface WireAnswer {
  readonly status: number;
  /** The value of `x-amzn-errortype`. */
  readonly exception?: string;
  readonly message?: string;
}

/** Sends exactly these bytes over a connection of its own. */
export async function sendOverWire(port: number, request: WireRequest): Promise<WireAnswer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const lines = [
    `${request.method} ${request.target} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${request.body}`);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n', 2);
  const exception = /^x-amzn-errortype: (.*)$/im.exec(head)?.[1];
  return {
    status: Number(head.split(' ', 2)[1]),
    ...(exception !== undefined && { exception, ...(JSON.parse(body) as { message: string }) }),
  };
}
