import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './proxy-process.ts';

const NGINX = process.env['NGINX'] || 'nginx';
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
const STATUS_PATH = '/nginx';

/** nginx in front of a changing set of servers, like a Service and its endpoints in a cluster. */
export class LoadBalancer {
  readonly url: string;
  readonly #port: number;
  readonly #directory = mkdtempSync(join(tmpdir(), 'load-balancer-'));
  #nginx: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  static isInstalled(): boolean {
    return spawnSync(NGINX, ['-v']).status === 0;
  }

  static async start(servers: readonly string[]): Promise<LoadBalancer> {
    const balancer = new LoadBalancer(await freePort());
    balancer.#configure(servers);
    balancer.#nginx = spawn(NGINX, balancer.#args, { stdio: ['ignore', 'ignore', 'inherit'] });
    while (!(await fetch(balancer.url + STATUS_PATH).catch(() => undefined))?.ok) {
      if (balancer.#nginx.exitCode !== null) throw new Error(`${NGINX} did not start`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return balancer;
  }

  /** Sends new calls to these servers; active calls stay where they are. */
  serve(servers: readonly string[]): void {
    this.#configure(servers);
    const { status, stderr } = spawnSync(NGINX, [...this.#args, '-s', 'reload']);
    if (status !== 0) throw new Error(`${NGINX} did not reload: ${stderr.toString()}`);
  }

  async stop(): Promise<void> {
    if (this.#nginx === undefined) return;
    const ended = once(this.#nginx, 'exit');
    this.#nginx.kill('SIGTERM');
    await ended;
    rmSync(this.#directory, { recursive: true });
  }

  get #args(): string[] {
    const file = (name: string): string => join(this.#directory, name);
    return ['-p', this.#directory, '-c', file('nginx.conf'), '-e', file('error.log')];
  }

  /** nginx does not retry, so that clients see every connection that the proxy drops. */
  #configure(servers: readonly string[]): void {
    const directory = this.#directory;
    writeFileSync(
      join(directory, 'nginx.conf'),
      `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
events { worker_connections 2048; }
http {
  access_log off;
  ${TEMPORARY.map((kind) => `${kind}_temp_path ${directory}/${kind};`).join('\n  ')}
  upstream proxies {
    ${servers.map((server) => `server ${new URL(server).host} max_fails=0;`).join('\n    ')}
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${this.#port};
    location = ${STATUS_PATH} { return 200; }
    location / {
      proxy_pass http://proxies;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_next_upstream off;
    }
  }
}
`,
    );
  }
}
