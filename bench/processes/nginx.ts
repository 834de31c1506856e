import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Program } from './program.ts';

/** The command, if nginx is installed; NGINX names another one. */
export function findNginx(): string | undefined {
  const command = process.env['NGINX'] || 'nginx';
  return spawnSync(command, ['-v']).status === 0 ? command : undefined;
}

export async function startNginx(
  command: string,
  core: number | undefined,
  upstreamUrl: string,
): Promise<{ url: string; program: Program; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-nginx-'));
  const port = await freePort();
  const configuration = join(directory, 'nginx.conf');
  writeFileSync(configuration, configurationOf(port, new URL(upstreamUrl).host, directory));
  const args = ['-p', directory, '-c', configuration, '-e', join(directory, 'error.log')];
  const program = new Program({ core, command, args, ipc: false });
  const url = `http://127.0.0.1:${port}`;
  await program.answers(`${url}/up`);
  const stop = async (): Promise<void> => {
    await program[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  };
  return { url, program, stop };
}

/** One process with one thread; bodies and answers are not buffered, and connections are reused. */
function configurationOf(port: number, upstream: string, directory: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid ${directory}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  ${temporary.map((kind) => `${kind}_temp_path ${directory}/${kind};`).join('\n  ')}
  client_max_body_size 64m;
  client_body_buffer_size 16m;
  keepalive_requests 10000000;
  upstream bench { server ${upstream}; keepalive 128; keepalive_requests 10000000; }
  server {
    listen 127.0.0.1:${port};
    location = /up { return 200; }
    location / {
      proxy_pass http://bench;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_read_timeout 600s;
    }
  }
}
`;
}
