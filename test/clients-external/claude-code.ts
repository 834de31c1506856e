import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, checked, expectText } from './check.ts';
import { runProgram, succeed } from './program.ts';
import { GREETING, type ScriptedModel, TOOL_REPORT } from './scripted-model.ts';

const PACKAGE = '@anthropic-ai/claude-code';
const SECRET = 'the secret word is walrus';
const INSTALL_TIMEOUT_MS = 600_000;

/** Nothing is sent to anybody but the proxy. */
const QUIET = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_TELEMETRY: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** The two ways of Claude Code to the proxy: as Bedrock, and as Anthropic's own API. */
const WAYS: readonly { name: string; variables: (proxyUrl: string) => Record<string, string> }[] = [
  {
    name: 'Claude Code (Bedrock)',
    variables: (proxyUrl) => ({
      CLAUDE_CODE_USE_BEDROCK: '1',
      CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1',
      ANTHROPIC_BEDROCK_BASE_URL: proxyUrl,
      AWS_REGION: 'us-east-1',
    }),
  },
  {
    name: 'Claude Code (Messages)',
    variables: (proxyUrl) => ({ ANTHROPIC_BASE_URL: proxyUrl, ANTHROPIC_AUTH_TOKEN: 'any' }),
  },
];

/** Installs Claude Code with a home of its own, and lets it call the proxy. */
export async function checkClaudeCode(
  directory: string,
  proxyUrl: string,
  model: ScriptedModel,
): Promise<Check[]> {
  const home = join(directory, 'home');
  const work = join(directory, 'work');
  for (const each of [home, work]) mkdirSync(each, { recursive: true });
  const note = join(work, 'note.txt');
  writeFileSync(note, `${SECRET}\n`);
  await succeed('npm', ['install', '--no-audit', '--no-fund', '--prefix', directory, PACKAGE], {
    env: inherited(),
    timeoutMs: INSTALL_TIMEOUT_MS,
  });
  const command = join(directory, 'node_modules', '.bin', 'claude');
  const checks: Check[] = [];
  for (const { name, variables } of WAYS) {
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, ...QUIET, ...variables(proxyUrl) };
    const run = async (...args: string[]): Promise<string> => {
      const { status, stdout, stderr } = await runProgram(command, args, { cwd: work, env });
      if (status !== 0) throw new Error(`status ${String(status)}: ${stdout}${stderr}`.slice(0, 1_000));
      return stdout;
    };
    const client = { client: name, version: (await run('--version')).split(' ')[0] ?? '' };
    checks.push(...(await checkWay(client, run, { note, model })));
  }
  return checks;
}

async function checkWay(
  client: Pick<Check, 'client' | 'version'>,
  run: (...args: string[]) => Promise<string>,
  { note, model }: { note: string; model: ScriptedModel },
): Promise<Check[]> {
  return [
    await checked(client, 'text', async () => expectText(await run('-p', 'Say hello'), GREETING)),
    await checked(client, 'stream', async () => {
      const format = ['--output-format', 'stream-json', '--include-partial-messages', '--verbose'];
      expectText(await run('-p', 'Say hello', ...format), '"text_delta","text":"Hello "');
    }),
    await checked(client, 'tools', async () => {
      const prompt = `CALL Read ${JSON.stringify({ file_path: note })}`;
      const answer = await run('-p', prompt, '--allowedTools', 'Read');
      expectText(answer, TOOL_REPORT);
      expectText(answer, SECRET);
    }),
    await checked(client, 'count', async () => {
      const before = model.requests.length;
      expectText(await run('-p', '/context'), 'Context Usage');
      const asked = model.requests.length - before;
      if (asked > 0) throw new Error(`it asked the model ${asked} times in place of counting`);
    }),
  ];
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
