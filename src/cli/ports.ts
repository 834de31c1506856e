import { once } from 'node:events';
import { createServer } from 'node:net';
import { Environment } from '../config/environment.js';
import { UsageError } from './usage.error.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** How many ports after a taken one are tried for a proposal. */
const MAX_TRIES = 20;

/** The port that the proxy will have. */
export function wantedPort({ PORT }: Variables): number {
  return PORT ? Number(PORT) : new Environment().PORT;
}

/**
 * Checks the port of the proxy before anything else happens, and gives the management port another number if it is taken
 * and nobody has chosen it.
 * @throws UsageError when the port is taken. It names a free one.
 */
export async function portVariables(given: Variables): Promise<Record<string, string>> {
  const { HOST, MANAGEMENT_PORT } = new Environment();
  const host = given['HOST'] || HOST;
  const port = wantedPort(given);
  if (Number.isInteger(port) && !(await isFree(port, host))) throw await portTaken(port, host);
  if (given['MANAGEMENT_PORT'] || (await isFree(MANAGEMENT_PORT, given['MANAGEMENT_HOST'] || host)))
    return {};
  return { MANAGEMENT_PORT: '0' };
}

async function portTaken(port: number, host: string): Promise<UsageError> {
  for (let other = port + 1; other <= port + MAX_TRIES; other += 1) {
    if (await isFree(other, host)) {
      return new UsageError(`Port ${port} is taken by another program. Use --port ${other}`);
    }
  }
  return new UsageError(`Port ${port} is taken by another program. Choose one with --port`);
}

/** Only a port that is in use counts as taken: whatever else is wrong with it, the service says. */
async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EADDRINUSE'; // as Node defines
  } finally {
    server.close();
  }
}
