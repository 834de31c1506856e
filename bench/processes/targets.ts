import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../src/cli/node-flags.ts';
import type { Peer } from '../options.ts';
import { kernelCounters, processCounters, type Counters } from './counters.ts';
import type { Cores } from './cores.ts';
import { findNginx, startNginx } from './nginx.ts';
import { freePort, Program } from './program.ts';

/** A target of the measurements: a server, and a way to query the resources that it has used. */
export interface Target extends AsyncDisposable {
  readonly name: string;
  readonly speaks: 'bedrock' | 'openai';
  readonly url: string;
  /** The model id for this target, if it is not the one of the case. */
  readonly model?: string;
  /** Headers of every call. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Present if its process is known. */
  readonly counters?: () => Promise<Counters>;
  /** Present if its process runs Node. */
  readonly program?: Program;
}

export interface Setting {
  readonly cores: Cores | undefined;
  readonly upstreamUrl: string;
  readonly proxyEntry: string;
  /** Of the proxy's Node; none: those of `npm start`. */
  readonly nodeFlags?: readonly string[];
  /** Further environment variables of the proxy. */
  readonly variables?: Readonly<Record<string, string>>;
}

export const DIRECT = 'direct';
export const LIMIT = 'L1';
const NGINX = 'nginx';
export const PROXY = 'proxy';
export const PARSING = 'L1+parse';

const PROBE = new URL('probe.ts', import.meta.url).href;

/** Starts a target any number of times. */
export interface TargetKind {
  readonly name: string;
  readonly start: (setting: Setting) => Promise<Target>;
}

/** The reference targets, the proxy, and the peers of the options. */
export function targetKinds(peers: readonly Peer[]): TargetKind[] {
  const nginx = findNginx();
  return [
    {
      name: DIRECT,
      start: async ({ upstreamUrl }) => ({ name: DIRECT, speaks: 'bedrock', url: upstreamUrl, ...FOREIGN }),
    },
    ...(nginx ? [{ name: NGINX, start: (setting: Setting) => startNginxTarget(nginx, setting) }] : []),
    { name: LIMIT, start: (setting) => startPassThrough(setting) },
    { name: PROXY, start: (setting) => startProxy(setting) },
    ...peers.map((peer) => ({ name: peer.name, start: async () => peerTarget(peer) })),
  ];
}

/** The proxy as `npm start` runs it, or with other options of Node. */
export async function startProxy(setting: Setting): Promise<Target> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = new Program({
    core: setting.cores?.target,
    command: process.execPath,
    args: [...(setting.nodeFlags ?? NODE_FLAGS), '--import', PROBE, setting.proxyEntry],
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      MANAGEMENT_PORT: '0',
      DRAIN_DELAY_MS: '0',
      OPENAI_API_BASE: `${setting.upstreamUrl}/v1`,
      ...setting.variables,
    },
    ipc: true,
  });
  await program.answers(`${url}/health/ready`);
  return nodeTarget(PROXY, url, program);
}

/** The benchmark did not start this process, so it does not end it. */
const FOREIGN = { [Symbol.asyncDispose]: async (): Promise<void> => {} };

function peerTarget(peer: Peer): Target {
  const { processIds } = peer;
  return {
    ...peer,
    ...FOREIGN,
    ...(processIds.length > 0 && { counters: () => processCounters(processIds) }),
  };
}

/** As the pass-through, but it also parses every answer once. */
export function startParsing(setting: Setting): Promise<Target> {
  return startPassThrough(setting, PARSING, ['parse']);
}

async function startPassThrough(
  { cores, upstreamUrl }: Setting,
  name = LIMIT,
  options: readonly string[] = [],
): Promise<Target> {
  const script = fileURLToPath(new URL('pass-through.ts', import.meta.url));
  const args = ['--import', PROBE, script, upstreamUrl, ...options];
  const program = new Program({ core: cores?.target, command: process.execPath, args, ipc: true });
  return nodeTarget(name, `http://127.0.0.1:${await program.ask<number>('port')}`, program);
}

async function startNginxTarget(nginx: string, { cores, upstreamUrl }: Setting): Promise<Target> {
  const { url, program, stop } = await startNginx(nginx, cores?.target, upstreamUrl);
  return {
    name: NGINX,
    speaks: 'bedrock',
    url,
    counters: () => kernelCounters(program.pid),
    [Symbol.asyncDispose]: stop,
  };
}

function nodeTarget(name: string, url: string, program: Program): Target {
  return {
    name,
    speaks: 'bedrock',
    url,
    program,
    counters: () => program.ask<Counters>('counters'),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
