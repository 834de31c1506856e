import type { Call } from '../../src/inspector/call.js';
import { answerInPieces, type Exchange } from './exchange.js';
import { InspectorClient } from './inspector-client.js';
import type { Service } from './service.js';

type Sent = Pick<Exchange, 'path' | 'clientRequest' | 'isStream'> & Partial<Exchange>;

const ANSWER = Buffer.from('{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}');

/** Makes a call, and resolves to what the inspector holds of it. */
export async function inspected(exchange: Sent, { url, upstream, proxy }: Service): Promise<Call> {
  const { upstreamResponse = ANSWER, upstreamContentType = 'application/json' } = exchange;
  upstream.answerWith(answerInPieces({ ...exchange, upstreamResponse, upstreamContentType }, 1)); // all that it reads
  const response = await fetch(url + exchange.path, {
    method: 'POST',
    body: JSON.stringify(exchange.clientRequest),
  });
  await response.arrayBuffer();
  return new InspectorClient(proxy.managementUrl).call(response.headers.get('x-amzn-requestid'));
}
