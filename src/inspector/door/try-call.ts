import { request as requestHttp, type IncomingMessage, type Server } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TryRequest } from '../call.js';

/** Paths of operations, and nothing of another server: the host is always this process. */
const PATH =
  /^\/(?:model|guardrail|v1|openai|anthropic|foundation-models|inference-profiles|rerank|async-invoke)[\w/.:%~+-]*$/;

export interface TryResult {
  /** Undefined when the answer has none. */
  readonly id: string | undefined;
  readonly status: number;
}

/**
 * Makes a call to the main port over loopback, with authentication, permission and limits as any other.
 * @returns undefined for a path that is no operation's
 */
export async function tryCall(
  main: Server,
  { path, body, bearer }: TryRequest,
  isTls: boolean,
): Promise<TryResult | undefined> {
  if (!PATH.test(path)) return undefined;
  const { address, port } = main.address() as AddressInfo; // a TCP port, not a pipe
  const options = {
    host: LOOPBACK_OF[address] ?? address,
    port,
    path,
    method: body === '' ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
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
  for await (const _part of response);
  return { id: response.headers['x-amzn-requestid']?.toString(), status: response.statusCode ?? 0 };
}

const LOOPBACK_OF: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
