import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems give ports above to whoever asks for any: one that is free now would not stay so while other tests run. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_767;

/** A port of loopback on which nobody listens, and will not unless told to. */
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
