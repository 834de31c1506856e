import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Systems choose higher ports for anyone who asks for any port, so a free port there may be taken while other
 * tests run.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_767;

/** A port of loopback that no process listens on, and that the system does not choose by itself. */
export async function freePort(): Promise<number> {
  const port = randomInt(FIRST_PORT, LAST_PORT);
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return freePort(); // taken
  }
  server.close();
  await once(server, 'close');
  return port;
}
