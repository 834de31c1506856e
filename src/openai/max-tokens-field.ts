import type { ChatCompletionParams } from './chat-completion.js';
import { UpstreamError } from './upstream.error.js';
import type { UpstreamTarget } from './upstream-target.js';

type MaxTokensField = 'max_tokens' | 'max_completion_tokens';

/** Model names come from clients: so many, then the oldest is forgotten, which costs one more refused call. */
const MAX_REMEMBERED = 1_000;

const OTHER = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
} as const satisfies Record<MaxTokensField, MaxTokensField>;

const REFUSALS_OF_A_FIELD: ReadonlySet<string> = new Set([
  'unsupported_parameter',
  'unknown_parameter',
  'extra_forbidden',
]);

/** Refusals of the field itself, in the words of OpenAI, Azure and FastAPI; not "max_tokens is too large". */
const REFUSES_A_FIELD =
  /unsupported[ _]parameter|unrecognized request argument|unknown (?:parameter|field|name)|not supported with this model|extra (?:inputs|fields)|not permitted|unexpected (?:keyword|field|parameter)/i;

/** Which of the two names a model wants for the limit of its answer, as its refusals have taught. */
export class MaxTokensFields {
  readonly #learned = new Map<string, MaxTokensField>();

  /** The params with the limit under the name that this model is known to want. */
  apply(target: UpstreamTarget, params: ChatCompletionParams): ChatCompletionParams {
    const wanted = this.#learned.get(keyOf(target));
    if (wanted === undefined || fieldOf(params) !== OTHER[wanted]) return params;
    return rename(params, wanted);
  }

  /** The params with the other name, if `error` is the refusal of the one that they have. */
  alternative(params: ChatCompletionParams, error: unknown): ChatCompletionParams | undefined {
    const field = fieldOf(params);
    if (field === undefined || !(error instanceof UpstreamError) || !refuses(error, field)) return undefined;
    return rename(params, OTHER[field]);
  }

  /** These params were taken. */
  remember(target: UpstreamTarget, params: ChatCompletionParams): void {
    const field = fieldOf(params);
    if (field === undefined) return;
    const oldest = this.#learned.keys().next();
    if (this.#learned.size >= MAX_REMEMBERED && !oldest.done) this.#learned.delete(oldest.value);
    this.#learned.set(keyOf(target), field);
  }
}

function keyOf({ upstream, model }: UpstreamTarget): string {
  return `${upstream.name}\n${model}`;
}

/** Undefined also if the caller insists on both. */
function fieldOf(params: ChatCompletionParams): MaxTokensField | undefined {
  const hasOld = params.max_tokens != null;
  const hasNew = params.max_completion_tokens != null;
  if (hasOld === hasNew) return undefined;
  return hasOld ? 'max_tokens' : 'max_completion_tokens';
}

function rename(params: ChatCompletionParams, wanted: MaxTokensField): ChatCompletionParams {
  const { [OTHER[wanted]]: limit, ...rest } = params;
  return { ...rest, [wanted]: limit };
}

function refuses(error: UpstreamError, field: MaxTokensField): boolean {
  if (error.failure !== 'status' || (error.status !== 400 && error.status !== 422)) return false;
  const isAboutField = error.param === undefined ? error.message.includes(field) : error.param === field;
  if (!isAboutField) return false;
  if (REFUSALS_OF_A_FIELD.has(error.code ?? '') || REFUSALS_OF_A_FIELD.has(error.type ?? '')) return true;
  return REFUSES_A_FIELD.test(error.message);
}
