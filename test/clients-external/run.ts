import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { checkClaudeCode } from './claude-code.ts';
import { checkPythonClients } from './python-clients.ts';
import { ScriptedModel } from './scripted-model.ts';
import { ProxyProcess } from '../soak/proxy-process.ts';

/**
 * `npm run test:clients`: clients that are no packages of Node, in their newest versions, against the built proxy and a
 * scripted model. It installs them into a temporary directory and needs python3, npm and a package registry; the calls
 * themselves stay on loopback. Exits with status 1 when a check fails.
 */
const directory = mkdtempSync(join(tmpdir(), 'clients-'));
const model = new ScriptedModel();
await model.listen();
const proxy = await ProxyProcess.start({ OPENAI_API_BASE: model.baseUrl, DRAIN_DELAY_MS: '0' });
try {
  const checks = [
    ...(await checkPythonClients(directory, proxy.url)),
    ...(await checkClaudeCode(directory, proxy.url, model)),
  ];
  console.log(new Date().toISOString().slice(0, 10));
  console.table(checks.map(toRow));
  if (checks.some(({ error }) => error !== null)) process.exitCode = 1;
} finally {
  await proxy.stop();
  model.close();
  rmSync(directory, { recursive: true, force: true });
}

function toRow({ client, version, check, error }: Check): object {
  return { client, version, check, result: error ?? 'ok' };
}
