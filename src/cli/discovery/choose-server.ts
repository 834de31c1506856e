import { createInterface } from 'node:readline/promises';
import { PROGRAM } from '../options.js';
import { UsageError } from '../usage.error.js';
import { type FoundServer, USUAL_PORTS } from './find-servers.js';

const MAX_MODELS = 5;

/**
 * Takes the only server: with `--discover`, or after a yes at the terminal.
 * @throws UsageError when there is none, or a choice: it says how to name one
 */
export async function chooseServer(
  servers: readonly FoundServer[],
  takesOnlyOne: boolean,
): Promise<FoundServer> {
  if (servers.length === 0) throw new UsageError(nothingFound());
  write(['Found on this machine:', ...servers.map(describe)].join('\n'));
  const [server, ...others] = servers.filter(({ models }) => models !== undefined);
  if (server === undefined || others.length > 0) throw new UsageError(howToChoose(servers));
  if (!takesOnlyOne && !(await saysYes(`Use ${server.baseUrl}? [y/N] `))) {
    throw new UsageError(howToChoose(servers));
  }
  return server;
}

function describe({ baseUrl, dialect, models }: FoundServer): string {
  return `  ${baseUrl} (${dialect}): ${modelsText(models)}`;
}

function modelsText(models: readonly string[] | undefined): string {
  if (models === undefined) return 'wants a key';
  if (models.length === 0) return 'no model yet';
  const more = models.length > MAX_MODELS ? ` and ${models.length - MAX_MODELS} more` : '';
  return models.slice(0, MAX_MODELS).join(', ') + more;
}

/** Without a terminal nobody can say yes. */
async function saysYes(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

function howToChoose(servers: readonly FoundServer[]): string {
  const lines = servers.map(
    ({ baseUrl, dialect, models }) =>
      `  ${models === undefined ? 'OPENAI_API_KEY=… ' : ''}${PROGRAM} --upstream ${baseUrl} --dialect ${dialect}`,
  );
  return ['Say which one to use:', ...lines, 'or take the only one with --discover'].join('\n');
}

function nothingFound(): string {
  return [
    `No OpenAI-compatible server was found on the ports ${USUAL_PORTS.join(', ')} of this machine.`,
    `Say where one is: ${PROGRAM} --upstream http://127.0.0.1:11434/v1 --dialect ollama`,
  ].join('\n');
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
