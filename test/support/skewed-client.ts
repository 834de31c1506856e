import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The result of one call. */
export interface SkewedAnswer {
  readonly stopReason?: string;
  readonly error?: string;
  readonly attempts: number;
}

export interface SkewedCall {
  readonly url: string;
  readonly http1: boolean;
  readonly skewMs: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The official SDK on a machine whose clock is wrong: it runs in a thread in which the time is shifted. */
export async function converseWithSkewedClock(call: SkewedCall): Promise<SkewedAnswer> {
  const { resolve } = createRequire(import.meta.url);
  const workerData = {
    ...call,
    sdk: resolve('@aws-sdk/client-bedrock-runtime'),
    handler: resolve('@smithy/node-http-handler'),
  };
  const worker = new Worker(PROGRAM, { eval: true, workerData });
  const [answer] = (await once(worker, 'message')) as [SkewedAnswer]; // the form in which the program below posts it
  await worker.terminate();
  return answer;
}

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { url, http1, skewMs, credentials, sdk, handler } = workerData;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...time) {
    super(...(time.length === 0 ? [RealDate.now() + skewMs] : time));
  }
  static now() {
    return RealDate.now() + skewMs;
  }
};
const { BedrockRuntimeClient, ConverseCommand } = require(sdk);
const { NodeHttpHandler } = require(handler);
const client = new BedrockRuntimeClient({
  endpoint: url, region: 'us-east-1', credentials,
  ...(http1 && { requestHandler: new NodeHttpHandler() }),
});
client
  .send(new ConverseCommand({ modelId: 'claude', messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }))
  .then(({ stopReason, $metadata }) => ({ stopReason, attempts: $metadata.attempts }))
  .catch(({ name, $metadata }) => ({ error: name, attempts: $metadata?.attempts }))
  .then((answer) => parentPort.postMessage(answer));
`;
