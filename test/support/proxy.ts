import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { createApp } from '../../src/app.setup.js';
import { Environment } from '../../src/config/environment.js';

export interface RunningProxy {
  readonly app: INestApplication;
  /** `http://127.0.0.1:<port>`, or https with TLS. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The real service on a free port of loopback, told only what `variables` says. */
export async function startProxy(
  variables: Partial<Record<keyof Environment, string>>,
): Promise<RunningProxy> {
  const app = await withEnvironment(variables, createApp);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo; // a TCP port, not a pipe
  const scheme = variables.TLS_CERT_FILE === undefined ? 'http' : 'https';
  return { app, url: `${scheme}://127.0.0.1:${port}`, port, close: () => app.close() };
}

/** Runs `start` while process.env holds exactly `variables` of those that the proxy reads. */
async function withEnvironment<Result>(
  variables: Partial<Record<keyof Environment, string>>,
  start: () => Promise<Result>,
): Promise<Result> {
  const before = { ...process.env };
  for (const name of Object.keys(new Environment())) {
    delete process.env[name];
  }
  Object.assign(process.env, variables);
  try {
    return await start();
  } finally {
    process.env = before;
  }
}
