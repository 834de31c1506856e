import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

/** How long and how often everything is measured. */
export interface Effort {
  readonly rounds: number;
  /** Of one measurement at saturation, and of one of streams. */
  readonly seconds: number;
  /** Of one measurement at a fixed rate. */
  readonly pacedSeconds: number;
  /** Of a target, once: V8 takes thousands of calls to compile what it has come to know. */
  readonly firstWarmUpSeconds: number;
  /** Of a case at a target. */
  readonly warmUpSeconds: number;
  /** Streams that are opened at once to see what one of them holds. */
  readonly idleStreams: number;
  readonly idleRounds: number;
  /** Of saturation, in a fresh process, after which its memory is looked at. */
  readonly memorySeconds: number;
  readonly memoryRounds: number;
  /** Before a process is looked at that has nothing more to do. */
  readonly settleMs: number;
  /** Of one micro-measurement of the validation. */
  readonly microMs: number;
  readonly hostileRounds: number;
  /** Of the largest of the bodies that are meant to do harm. */
  readonly hostileBytes: number;
}

export interface Peer {
  readonly name: string;
  readonly speaks: 'bedrock' | 'openai';
  readonly url: string;
  /** The id that it knows the scripted upstream's model by. */
  readonly model?: string;
  /** Sent with every call, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its processes, whose processor time and memory are counted together; none: they are not known. */
  readonly processIds: readonly number[];
}

export interface Options {
  readonly effort: Effort;
  readonly peers: readonly Peer[];
  /** The built program. */
  readonly proxyEntry: string;
  readonly outputDirectory: string;
  /** Where the scripted upstream listens, so that peers can be told; 0: anywhere. */
  readonly upstreamPort: number;
  /** Whether a case or a part was asked for. */
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
};
/** Only to see that everything runs. */
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
};

/** @throws Error for an option that is not known or cannot be read */
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
