import type { CallCase } from '../cases/cases.ts';
import type { Post } from '../load/exchange.ts';
import type { Program } from '../processes/program.ts';
import { startProxy, type Setting, type Target } from '../processes/targets.ts';

/** As the proxy and the limits are asked for it; a peer may know it by another id. */
const MODEL = 'bench';

/** What is posted to a target for a case: the same call in the language that the target speaks. */
export type Posts = (target: Target, body: Buffer, streamed: boolean) => Promise<Post>;

/**
 * Targets that speak Bedrock's language, and those that pass on whatever they get, have the case's own body. Those
 * that speak OpenAI's have what the proxy makes of it.
 */
export function postsFor(upstream: Program, setting: Setting): Posts {
  const translated = new Map<string, Promise<string>>();
  return async (target, body, streamed) => {
    const post = postTo(target, body, streamed);
    if (target.speaks === 'bedrock') return post;
    const key = `${streamed} ${body.toString()}`;
    if (!translated.has(key)) translated.set(key, translate(upstream, setting, body, streamed));
    return { ...post, body: withModel((await translated.get(key)) ?? '', target.model) };
  };
}

/** The body as it is, to where the target wants it. */
export function postTo({ speaks, url, model, headers: own }: Target, body: Buffer, streamed: boolean): Post {
  const base = new URL(url).pathname.replace(/\/$/, '');
  const headers = { 'content-type': 'application/json', ...own };
  if (speaks === 'openai') return { path: `${base}/chat/completions`, body, headers };
  const operation = streamed ? 'converse-stream' : 'converse';
  return { path: `${base}/model/${encodeURIComponent(model ?? MODEL)}/${operation}`, body, headers };
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
  body: Buffer,
  streamed: boolean,
): Promise<string> {
  await using proxy = await startProxy(setting);
  await upstream.ask('keepBodies');
  const { path } = postTo(proxy, body, streamed);
  const answer = await fetch(proxy.url + path, { method: 'POST', body: new Uint8Array(body) });
  await answer.arrayBuffer();
  return await upstream.ask<string>('lastBody');
}
