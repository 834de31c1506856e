import { request as requestHttp, type IncomingMessage, type Server } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6, type AddressInfo } from 'node:net';
import { signingHeaders } from '../../auth/sigv4/sign-request.js';
import type { TryCredential, TryRequest } from '../call.js';

/** Paths of operations, and nothing of another server: the host is always this process. */
const PATH =
  /^\/(?:model|guardrail|v1|openai|anthropic|foundation-models|inference-profiles|prompts|rerank|async-invoke)[\w/.:%~+-]*$/;

export interface TryResult {
  /** Undefined when the answer has none. */
  readonly id: string | undefined;
  readonly status: number;
}

/**
 * Makes a call to the main port over loopback, with authentication, permission and limits as any other. Resolves when the
 * head of the answer is there; what follows is read and shown as that of any call.
 * @returns undefined for a path that is no operation's
 */
export async function tryCall(
  main: Server,
  { path, body, credential }: TryRequest,
  isTls: boolean,
): Promise<TryResult | undefined> {
  if (!PATH.test(path)) return undefined;
  const { address, port } = main.address() as AddressInfo; // a TCP port, not a pipe
  const host = LOOPBACK_OF[address] ?? address;
  const method = body === '' ? 'GET' : 'POST';
  const hostHeader = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const options = {
    host,
    port,
    path,
    method,
    headers: {
      'content-type': 'application/json',
      host: hostHeader,
      ...(credential && headersOf(credential, { method, target: path, host: hostHeader, body })),
    },
    // the certificate names the outside address, and the process asks itself
    rejectUnauthorized: false,
    agent: false as const,
  };
  const request = isTls ? requestHttps(options) : requestHttp(options);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
  // a stream that breaks is shown as such
  response.on('error', () => undefined).resume();
  return { id: response.headers['x-amzn-requestid']?.toString(), status: response.statusCode ?? 0 };
}

function headersOf(
  credential: TryCredential,
  request: Parameters<typeof signingHeaders>[0],
): Readonly<Record<string, string>> {
  if ('bearer' in credential) return { authorization: `Bearer ${credential.bearer}` };
  return signingHeaders(request, credential, Date.now());
}

const LOOPBACK_OF: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
