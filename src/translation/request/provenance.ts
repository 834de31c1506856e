import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { objectOf } from '../json-value.js';

/** Origins that are no path: the model table's rule, the kind of server, and the translation itself. */
type OriginWord = 'route' | 'dialect' | 'default';

/** Where a value of the chat request comes from. */
export interface Origin {
  /** JSON path in the chat request. It also applies to what is inside, unless that has an origin of its own. */
  readonly path: string;
  /** JSON paths in the Converse request, or words. */
  readonly from: readonly string[];
  /** The value was copied, so the paths inside of it are the same on both sides. */
  readonly isCopy: boolean;
}

type Source = Omit<Origin, 'path'>;

/** The name under which an object's own source is kept. */
const ITSELF = '';
const TOKEN_LIMITS = ['max_tokens', 'max_completion_tokens'];

/**
 * Records where the parts of a chat request come from, while the request is translated. Objects are told apart by identity,
 * so that equal texts stay apart. The context of a translation has one only while the inspector is on.
 */
export class Provenance {
  readonly #objects = new Map<object, Map<string, Source>>();
  /** By the name of the param. The gateway adds the last two. */
  readonly #params = new Map<string, Source>([
    ['model', word('route')],
    ['stream', word('default')],
    ['stream_options', word('dialect')],
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

  /** The source of an object, and of those of its members that have none of their own. */
  object(target: object, from: readonly string[], isCopy = false): void {
    this.#sourcesOf(target).set(ITSELF, { from, isCopy });
  }

  member<Target extends object>(target: Target, name: keyof Target & string, ...from: string[]): void {
    this.#sourcesOf(target).set(name, { from, isCopy: false });
  }

  /** Undefined members of `paths` are skipped. */
  members<Target extends object>(
    target: Target,
    paths: Readonly<Partial<Record<keyof Target & string, string>>>,
  ): void {
    for (const [name, path] of Object.entries<string | undefined>(paths)) {
      if (path !== undefined) this.#sourcesOf(target).set(name, { from: [path], isCopy: false });
    }
  }

  /** The own sources of objects, each once. */
  originsOf(objects: readonly object[]): string[] {
    return [...new Set(objects.flatMap((object) => this.#objects.get(object)?.get(ITSELF)?.from ?? []))];
  }

  /** `target` is a copy of `other`, or `other` was appended to it. */
  join(target: object, other: object): void {
    const sources = this.#sourcesOf(target);
    for (const [name, { from, isCopy }] of this.#objects.get(other) ?? []) {
      const known = sources.get(name)?.from ?? [];
      sources.set(name, { from: [...new Set([...known, ...from])], isCopy });
    }
  }

  /** The origins of everything in the params. The most specific path applies. */
  list(params: object): Origin[] {
    const origins = [...this.#params].map(([path, source]) => Object.assign({ path }, source));
    for (const [name, value] of Object.entries(params)) this.#collect(value, name, origins);
    return origins;
  }

  #collect(value: unknown, path: string, origins: Origin[]): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, source] of this.#objects.get(value) ?? []) {
      origins.push(Object.assign({ path: name === ITSELF ? path : `${path}.${name}` }, source));
    }
    for (const [name, member] of Object.entries(value)) this.#collect(member, `${path}.${name}`, origins);
  }

  #sourcesOf(target: object): Map<string, Source> {
    const sources = this.#objects.get(target) ?? new Map<string, Source>();
    this.#objects.set(target, sources);
    return sources;
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

function word(from: OriginWord): Source {
  return { from: [from], isCopy: false };
}
