import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

/** The length and number of all measurements. */
export interface Effort {
  readonly rounds: number;
  /** Time of one measurement at saturation, and of one with streams. */
  readonly seconds: number;
  /** Time of one measurement at a fixed rate. */
  readonly pacedSeconds: number;
  /** Time of the warm-up of a target, once: V8 compiles code only after thousands of calls. */
  readonly firstWarmUpSeconds: number;
  /** Time of the warm-up of a case at a target. */
  readonly warmUpSeconds: number;
  /** Streams that are opened at once to measure the memory of one. */
  readonly idleStreams: number;
  readonly idleRounds: number;
  /** Time of saturation in a fresh process, after which its memory is measured. */
  readonly memorySeconds: number;
  readonly memoryRounds: number;
  /** Wait before an idle process is measured. */
  readonly settleMs: number;
  /** Time of one measurement of the validation. */
  readonly microMs: number;
  readonly hostileRounds: number;
  /** Size of the largest hostile body. */
  readonly hostileBytes: number;
  /** Length of a hostile text. */
  readonly hostileCharacters: number;
}

export interface Peer {
  readonly name: string;
  readonly speaks: 'bedrock' | 'openai';
  readonly url: string;
  /** The peer's id for the model of the scripted upstream. */
  readonly model?: string;
  /** Headers of every call, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
  /** The peer's processes, whose processor time and memory are added up. Without them both are unknown. */
  readonly processIds: readonly number[];
}

export interface Options {
  readonly effort: Effort;
  readonly peers: readonly Peer[];
  /** The built program. */
  readonly proxyEntry: string;
  readonly outputDirectory: string;
  /** Port of the scripted upstream, so that peers can be configured with it; 0: any port. */
  readonly upstreamPort: number;
  /** Whether a case or a part is selected. */
  readonly wants: (name: string) => boolean;
}

const FULL: Effort = {
  rounds: 5,
  seconds: 4,
  pacedSeconds: 4,
  firstWarmUpSeconds: 10,
  warmUpSeconds: 2,
  idleStreams: 1_000,
  idleRounds: 3,
  memorySeconds: 60,
  memoryRounds: 2,
  settleMs: 600,
  microMs: 500,
  hostileRounds: 5,
  hostileBytes: 31_000_000,
  hostileCharacters: 1_000_000,
};
const QUICK: Effort = {
  rounds: 3,
  seconds: 0.5,
  pacedSeconds: 0.4,
  firstWarmUpSeconds: 5,
  warmUpSeconds: 0.5,
  idleStreams: 1_000,
  idleRounds: 1,
  memorySeconds: 8,
  memoryRounds: 1,
  settleMs: 400,
  microMs: 80,
  hostileRounds: 2,
  hostileBytes: 8_000_000,
  hostileCharacters: 1_000_000,
};
/** A short run that only shows that everything works. */
const SMOKE: Effort = {
  rounds: 1,
  seconds: 0.1,
  pacedSeconds: 0.1,
  firstWarmUpSeconds: 0.02,
  warmUpSeconds: 0.02,
  idleStreams: 20,
  idleRounds: 1,
  memorySeconds: 0.05,
  memoryRounds: 1,
  settleMs: 5,
  microMs: 2,
  hostileRounds: 1,
  hostileBytes: 200_000,
  hostileCharacters: 20_000,
};

/** @throws Error for an unknown option or an invalid value */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string' },
      peer: { type: 'string', multiple: true, default: [] },
      'upstream-port': { type: 'string', default: '0' },
      proxy: { type: 'string', default: fileURLToPath(new URL('../dist/main.js', import.meta.url)) },
      out: { type: 'string', default: fileURLToPath(new URL('results', import.meta.url)) },
    },
  });
  const effort = effortOf(values);
  const only = values.only?.split(',');
  return {
    effort: values.rounds === undefined ? effort : { ...effort, rounds: Number(values.rounds) },
    peers: values.peer.map(readPeer),
    proxyEntry: values.proxy,
    outputDirectory: values.out,
    upstreamPort: Number(values['upstream-port']),
    wants: (name) => only?.includes(name) ?? true,
  };
}

function effortOf({ quick, smoke }: { quick: boolean; smoke: boolean }): Effort {
  if (smoke) return SMOKE;
  return quick ? QUICK : FULL;
}

/**
 * `name=bedrock:url` or `name=openai:url`, then any of `;model=id`, `;header=name: value` and `;pid=123`, the last two
 * as often as needed.
 */
function readPeer(text: string): Peer {
  const [, name, speaks, url, settings = ''] = /^([^=]+)=(bedrock|openai):([^;]+)(.*)$/.exec(text) ?? [];
  if (name === undefined || url === undefined || !URL.canParse(url)) {
    throw new Error(`--peer ${text}: wanted name=bedrock:url or name=openai:url`);
  }
  const given = settings.split(';').slice(1).map(readPeerSetting);
  const of = (key: string): string[] =>
    given.flatMap((setting) => (setting.key === key ? [setting.value] : []));
  const model = of('model').at(-1);
  return {
    name,
    speaks: speaks === 'openai' ? 'openai' : 'bedrock',
    url: url.replace(/\/+$/, ''),
    ...(model !== undefined && { model }),
    headers: Object.fromEntries(of('header').map(readHeader)),
    processIds: of('pid').map(Number),
  };
}

function readPeerSetting(text: string): { key: string; value: string } {
  const [, key, value] = /^(model|header|pid)=(.+)$/.exec(text) ?? [];
  if (key === undefined || value === undefined || (key === 'pid' && !/^\d+$/.test(value))) {
    throw new Error(`--peer …;${text}: wanted model=id, header=name: value or pid=number`);
  }
  return { key, value };
}

function readHeader(text: string): [name: string, value: string] {
  const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new Error(`--peer …;header=${text}: wanted name: value`);
  return [name.toLowerCase(), value];
}
