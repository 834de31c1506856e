import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { readEnvironment } from './config/read-environment.js';

/** The container's HEALTHCHECK: exit status 0 when the proxy beside it answers `/health/live`, 1 otherwise. */
const TIMEOUT_MS = 3_000;
const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const { HOST, PORT, TLS_CERT_FILE } = readEnvironment(process.env);
const options = {
  host: WILDCARDS[HOST] ?? HOST,
  port: PORT,
  path: '/health/live',
  timeout: TIMEOUT_MS,
  // the certificate names the outside address, and the probe asks its own process
  rejectUnauthorized: false,
};
const get = TLS_CERT_FILE === undefined ? getHttp : getHttps;

get(options, (response) => process.exit(response.statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
