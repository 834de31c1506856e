import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { objectOf } from '../json-value.js';
import { fromWord, ObjectOrigins, type Origin, type Source } from '../origins.js';

const TOKEN_LIMITS = ['max_tokens', 'max_completion_tokens'];

/** Records where the parts of a chat request come from, while the request is translated. */
export class Provenance extends ObjectOrigins {
  /** By the name of the param. The gateway adds the last two. */
  readonly #params = new Map<string, Source>([
    ['model', fromWord('route')],
    ['stream', fromWord('default')],
    ['stream_options', fromWord('dialect')],
  ]);

  has(param: string): boolean {
    return this.#params.has(param);
  }

  param(name: string, from: string, isCopy = false): void {
    // the gateway may send the limit under its other name
    for (const field of TOKEN_LIMITS.includes(name) ? TOKEN_LIMITS : [name]) {
      this.#params.set(field, { from: [from], isCopy });
    }
  }

  /** The origins of everything in the params. The most specific path applies. */
  list(params: object): Origin[] {
    const origins = [...this.#params].map(([path, source]) => Object.assign({ path }, source));
    return [...origins, ...this.inside(params)];
  }
}

/** `{text: …}` at `messages.0.content.1` → `messages.0.content.1.text`: the path of the member that is present. */
export function memberPath(union: object, path: string): string {
  const member = Object.entries(union).find(([, value]) => value != null)?.[0];
  return member === undefined ? path : `${path}.${member}`;
}

/** Records the params that Converse's own members become. */
export function recordConverseParams(
  provenance: Provenance,
  params: object,
  { serviceTier }: Pick<UpstreamTarget, 'serviceTier'>,
): void {
  for (const [name, path] of Object.entries(CONVERSE_PARAMS)) {
    if (objectOf(params)?.[name] !== undefined) provenance.param(name, path, name === 'stop');
  }
  if (serviceTier !== undefined) provenance.param('service_tier', 'route');
}

const CONVERSE_PARAMS: Readonly<Record<string, string>> = {
  messages: 'messages',
  max_tokens: 'inferenceConfig.maxTokens',
  max_completion_tokens: 'inferenceConfig.maxTokens',
  temperature: 'inferenceConfig.temperature',
  top_p: 'inferenceConfig.topP',
  stop: 'inferenceConfig.stopSequences',
  tools: 'toolConfig.tools',
  tool_choice: 'toolConfig.toolChoice',
  response_format: 'outputConfig.textFormat',
  service_tier: 'serviceTier.type',
  metadata: 'requestMetadata',
};
