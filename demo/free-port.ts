import { once } from 'node:events';
import { createServer } from 'node:net';
import { say } from './screen.ts';

/** The preferred port of 127.0.0.1, or, if that is taken, a free one with a message. */
export async function freePort(wanted: number): Promise<number> {
  const port = await tryPort(wanted);
  if (port !== undefined) return port;
  say(`Port ${wanted} is taken, so the proxy gets another.`);
  return (await tryPort(0)) ?? wanted;
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
