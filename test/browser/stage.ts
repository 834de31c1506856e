import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../src/cli/node-flags.ts';
import { textPrompt } from '../support/prompted-file.ts';
import { ScriptedUpstream, toServerSentEvent, type UpstreamScript } from '../support/scripted-upstream.ts';

const ENTRY = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const POLL_INTERVAL_MS = 50;
const CHUNK_INTERVAL_MS = 60;
/** Long enough to be looked at while it comes, and longer than any wait of the others. */
const SLOW_INTERVAL_MS = 500;
const GAP_MS = 2_500;
const GAP_BEFORE = 'capital ';
const SLOW = 'slow';
export const GUARDRAIL = 'abc123';
export const PROMPT = 'PLAYLIST01';
const WORDS = ['Paris ', 'is ', 'the ', 'capital ', 'of ', 'France.'];

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const usage = { prompt_tokens: 24, completion_tokens: 6, total_tokens: 30 };

/** Answers as a small model would: a stream comes word by word. */
const answer: UpstreamScript = async ({ path, body }, response) => {
  const { stream, model } = (body ?? {}) as { stream?: boolean; model?: string };
  response.setHeader('content-type', stream ? 'text/event-stream' : 'application/json');
  if (path.endsWith('/embeddings')) {
    const data = [{ index: 0, embedding: [0.1, 0.2] }];
    return void response.end(JSON.stringify({ data, usage: { prompt_tokens: 2 } }));
  }
  if (path.endsWith('/tokenize')) return void response.end(JSON.stringify({ count: 24 }));
  if (path.endsWith('/rerank')) {
    const results = [1, 0].map((index) => ({ index, relevance_score: 0.5 }));
    return void response.end(JSON.stringify({ results }));
  }
  if (path.endsWith('/images/generations'))
    return void response.end(JSON.stringify({ data: [{ b64_json: PIXEL }] }));
  if (!stream)
    return void response.end(JSON.stringify(completion({ message: { content: WORDS.join('') } }, model)));
  for (const content of WORDS) {
    response.write(toServerSentEvent(completion({ delta: { content } }, model)));
    if (model === SLOW && content === GAP_BEFORE) await setTimeout(GAP_MS);
    await setTimeout(model === SLOW ? SLOW_INTERVAL_MS : CHUNK_INTERVAL_MS);
  }
  response.write(toServerSentEvent({ ...completion({ delta: {}, finish_reason: 'stop' }, model), usage }));
  response.end('data: [DONE]\n\n');
};

const refuse: UpstreamScript = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message: 'all workers are busy', code: 'overloaded' } }));
};

function completion(choice: object, model = 'm'): object {
  return {
    id: 'c',
    model,
    choices: [{ index: 0, finish_reason: 'delta' in choice ? null : 'stop', ...choice }],
    usage,
  };
}

/** A call whose answer is coming. */
export interface Begun {
  readonly id: string;
  readonly status: number;
  readonly end: Promise<unknown>;
}

interface Ports {
  readonly main: number;
  readonly management: number;
}

/** The built service with its inspector, before one upstream that answers and one that is busy. */
export class Stage implements AsyncDisposable {
  readonly url: string;
  readonly inspectorUrl: string;
  readonly #child: ChildProcess;
  readonly #upstreams: readonly ScriptedUpstream[];
  readonly #directory: string;

  private constructor(
    ports: Ports,
    child: ChildProcess,
    upstreams: readonly ScriptedUpstream[],
    directory: string,
  ) {
    this.url = `http://127.0.0.1:${ports.main}`;
    this.inspectorUrl = `http://127.0.0.1:${ports.management}/inspector`;
    this.#child = child;
    this.#upstreams = upstreams;
    this.#directory = directory;
  }

  static async open(): Promise<Stage> {
    const good = await new ScriptedUpstream(answer).listen();
    const busy = await new ScriptedUpstream(refuse).listen();
    const directory = mkdtempSync(join(tmpdir(), 'browser-'));
    const file = join(directory, 'config.json');
    writeFileSync(file, JSON.stringify(configuration(good.baseUrl, busy.baseUrl)));
    const ports = { main: await freePort(), management: await freePort() };
    const child = spawn(process.execPath, [...NODE_FLAGS, ENTRY], {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        CONFIG_FILE: file,
        INSPECTOR: 'true',
        PORT: String(ports.main),
        MANAGEMENT_PORT: String(ports.management),
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const stage = new Stage(ports, child, [good, busy], directory);
    await stage.ready();
    return stage;
  }

  /** Makes a call as an application does. Resolves to its id, when the head of the answer is there. */
  async begin(path: string, body = ''): Promise<Begun> {
    const response = await fetch(this.url + path, body === '' ? {} : { method: 'POST', body });
    const { status, headers } = response;
    return { id: headers.get('x-amzn-requestid') ?? '', status, end: response.arrayBuffer() };
  }

  /** As `begin`, and reads the answer. */
  async call(path: string, body?: object | string): Promise<Begun> {
    const begun = await this.begin(path, typeof body === 'object' ? JSON.stringify(body) : body);
    await begun.end;
    return begun;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
    await Promise.all(this.#upstreams.map((upstream) => upstream.close()));
    rmSync(this.#directory, { recursive: true });
  }

  private async ready(): Promise<void> {
    while (this.#child.exitCode === null) {
      const health = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (health?.ok) return;
      await setTimeout(POLL_INTERVAL_MS);
    }
    throw new Error('The service did not start');
  }
}

function configuration(good: string, busy: string): object {
  const answering = { upstream: 'answering', model: 'qwen3:8b' };
  return {
    upstreams: { answering: { baseUrl: good, dialect: 'vllm' }, busy: { baseUrl: busy, dialect: 'openai' } },
    models: [
      { match: '*haiku*', route: [{ upstream: 'busy', model: 'gpt-5-nano' }, answering] },
      { match: '*opus*', route: [{ upstream: 'busy', model: 'gpt-5' }] },
      { match: '*premier*', route: [{ upstream: 'answering', model: SLOW }] },
      { match: '*', route: [answering] },
    ],
    prompts: [textPrompt({ id: PROMPT, text: 'Make me a playlist.' })],
    guardrails: [
      {
        id: GUARDRAIL,
        blockedInputMessaging: 'No.',
        blockedOutputsMessaging: 'No.',
        pii: [{ type: 'EMAIL', action: 'ANONYMIZE' }],
      },
    ],
  };
}

async function freePort(): Promise<number> {
  const holder = await new ScriptedUpstream(() => undefined).listen();
  const { port } = new URL(holder.origin);
  await holder.close();
  return Number(port);
}
