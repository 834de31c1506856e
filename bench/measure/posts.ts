import type { CallCase, ClientCall } from '../cases/cases.ts';
import type { Post } from '../load/exchange.ts';
import type { Program } from '../processes/program.ts';
import { startProxy, type Setting, type Target } from '../processes/targets.ts';

/** The model id for the proxy and the reference targets; a peer may have another id. */
const MODEL = 'bench';

/** The request of a case for a target: the same call in the target's API. */
export type Posts = (target: Target, call: ClientCall, streamed: boolean) => Promise<Post>;

/**
 * Targets with Bedrock's API, and those that forward any bytes, get the case's own body. Targets with OpenAI's
 * API get the body that the proxy makes of it.
 */
export function postsFor(upstream: Program, setting: Setting): Posts {
  const translated = new Map<string, Promise<string>>();
  return async (target, call, streamed) => {
    const post = postTo(target, call, streamed);
    if (target.speaks === 'bedrock') return post;
    const key = `${streamed} ${call.body.toString()}`;
    if (!translated.has(key)) translated.set(key, translate(upstream, setting, call, streamed));
    return { ...post, body: withModel((await translated.get(key)) ?? '', target.model) };
  };
}

/** The last segment of a path, without and with a stream. */
const OPERATIONS = {
  converse: ['converse', 'converse-stream'],
  invoke: ['invoke', 'invoke-with-response-stream'],
} as const;

/** The unchanged body, for the target's path. */
export function postTo(
  { speaks, url, model, headers: own }: Target,
  { body, operation }: ClientCall,
  streamed: boolean,
): Post {
  const base = new URL(url).pathname.replace(/\/$/, '');
  const headers = { 'content-type': 'application/json', ...own };
  if (speaks === 'openai') return { path: `${base}/chat/completions`, body, headers };
  const name = OPERATIONS[operation][streamed ? 1 : 0];
  return { path: `${base}/model/${encodeURIComponent(model ?? MODEL)}/${name}`, body, headers };
}

function withModel(body: string, model: string | undefined): string {
  if (model === undefined) return body;
  const params: object = JSON.parse(body);
  return JSON.stringify({ ...params, model });
}

export function originOf({ url }: Target): string {
  return new URL(url).origin;
}

export function isStream({ answer }: CallCase): boolean {
  return answer === 'burst';
}

async function translate(
  upstream: Program,
  setting: Setting,
  call: ClientCall,
  streamed: boolean,
): Promise<string> {
  await using proxy = await startProxy(setting);
  await upstream.ask('keepBodies');
  const { path } = postTo(proxy, call, streamed);
  const answer = await fetch(proxy.url + path, { method: 'POST', body: new Uint8Array(call.body) });
  await answer.arrayBuffer();
  return await upstream.ask<string>('lastBody');
}
