import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { createApp } from '../../src/app.setup.js';
import { Environment } from '../../src/config/environment.js';
import { Pressure } from '../../src/server/load/pressure.js';
import { ManagementPort } from '../../src/server/management/management-port.js';
import type { LogDestination } from '../../src/observability/logs/root-logger.js';

export interface RunningProxy {
  readonly app: INestApplication;
  /** `http://127.0.0.1:<port>`, or https with TLS. */
  readonly url: string;
  readonly port: number;
  /** `http://127.0.0.1:<port>`: metrics and health. */
  readonly managementUrl: string;
  close(): Promise<void>;
}

/** Free ports, and no log lines between those of the tests. */
const DEFAULTS = { MANAGEMENT_PORT: '0', LOG_LEVEL: 'silent' };

/** Environment variables, also some that the proxy does not read. */
export type Variables = Partial<Record<keyof Environment, string>> & Readonly<Record<string, string>>;

/**
 * The real service on a free port of loopback, configured only by `variables`. It does not measure how busy the
 * machine is, because it would shed requests when other programs run.
 */
export async function startProxy(
  variables: Variables,
  logDestination?: LogDestination,
): Promise<RunningProxy> {
  const app = await withEnvironment({ ...DEFAULTS, ...variables }, () => createApp(logDestination));
  await app.listen(0, '127.0.0.1').catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  app.get(Pressure).stop();
  const { port } = app.getHttpServer().address() as AddressInfo; // a TCP port, not a pipe
  const scheme = variables.TLS_CERT_FILE === undefined ? 'http' : 'https';
  const managementUrl = `http://127.0.0.1:${app.get(ManagementPort).address.port}`;
  return { app, url: `${scheme}://127.0.0.1:${port}`, port, managementUrl, close: () => app.close() };
}

/** Runs `start` while process.env holds exactly `variables` of those that the proxy reads, or wonders at. */
async function withEnvironment<Result>(
  variables: Readonly<Record<string, string>>,
  start: () => Promise<Result>,
): Promise<Result> {
  const before = { ...process.env };
  const known = Object.keys(new Environment());
  for (const name of Object.keys(before)) {
    if (known.includes(name) || /^(?:OPENAI|UPSTREAM)_/i.test(name)) delete process.env[name];
  }
  Object.assign(process.env, variables);
  try {
    return await start();
  } finally {
    process.env = before;
  }
}
