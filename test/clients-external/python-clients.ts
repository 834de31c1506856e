import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check } from './check.ts';
import { runProgram, succeed } from './program.ts';
import { GREETING } from './scripted-model.ts';

const PACKAGES = ['anthropic', 'langchain-aws', 'boto3'];
const SCRIPT = fileURLToPath(new URL('clients.py', import.meta.url));
const INSTALL_TIMEOUT_MS = 600_000;

/** Installs Python's clients into a virtual environment, and lets them call the proxy. */
export async function checkPythonClients(directory: string, proxyUrl: string): Promise<Check[]> {
  const venv = join(directory, 'venv');
  const env = { PATH: process.env['PATH'] ?? '', HOME: directory };
  const install = { env: { ...env, ...pipSettings() }, timeoutMs: INSTALL_TIMEOUT_MS };
  await succeed('python3', ['-m', 'venv', venv], install);
  const python = join(venv, 'bin', 'python');
  await succeed(python, ['-m', 'pip', 'install', '--quiet', ...PACKAGES], install);
  const { stdout, stderr } = await runProgram(python, [SCRIPT], {
    env: { ...env, PROXY_URL: proxyUrl, GREETING, AWS_EC2_METADATA_DISABLED: 'true' },
  });
  const checks = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Check); // as clients.py writes it
  if (checks.length === 0) throw new Error(stderr);
  return checks;
}

/** Where pip installs from is the user's choice. */
function pipSettings(): Record<string, string> {
  const settings = Object.entries(process.env).filter(([name]) => /^(?:PIP_|SSL_|https?_proxy$)/i.test(name));
  return Object.fromEntries(settings.map(([name, value]) => [name, value ?? '']));
}
