import type { ChatCompletionParams } from './chat-completion.js';
import { UpstreamError } from './upstream.error.js';
import type { UpstreamTarget } from './upstream-target.js';

type MaxTokensField = 'max_tokens' | 'max_completion_tokens';

/** Model names come from clients, so their number is limited. A forgotten one costs one more refused call. */
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

/** Refusals of the field itself by OpenAI, Azure and FastAPI. "max_tokens is too large" is not one. */
const REFUSES_A_FIELD =
  /unsupported[ _]parameter|unrecognized request argument|unknown (?:parameter|field|name)|not supported with this model|extra (?:inputs|fields)|not permitted|unexpected (?:keyword|field|parameter)/i;

/** Remembers which of the two names of the token limit each model accepts, from its refusals of the other. */
export class MaxTokensFields {
  readonly #accepted = new Map<string, MaxTokensField>();

  /** → the params with the name that the model is known to accept. */
  apply(target: UpstreamTarget, params: ChatCompletionParams): ChatCompletionParams {
    const accepted = this.#accepted.get(keyOf(target));
    if (accepted === undefined || fieldOf(params) !== OTHER[accepted]) return params;
    return rename(params, accepted);
  }

  /** → the params with the other name if `error` is a refusal of the present one, else undefined. */
  alternative(params: ChatCompletionParams, error: unknown): ChatCompletionParams | undefined {
    const field = fieldOf(params);
    if (field === undefined || !(error instanceof UpstreamError) || !refuses(error, field)) return undefined;
    return rename(params, OTHER[field]);
  }

  /** The model has accepted these params. */
  remember(target: UpstreamTarget, params: ChatCompletionParams): void {
    const field = fieldOf(params);
    if (field === undefined) return;
    const oldest = this.#accepted.keys().next();
    if (this.#accepted.size >= MAX_REMEMBERED && !oldest.done) this.#accepted.delete(oldest.value);
    this.#accepted.set(keyOf(target), field);
  }
}

function keyOf({ upstream, model }: UpstreamTarget): string {
  return `${upstream.name}\n${model}`;
}

/** → undefined also if the params have both names. */
function fieldOf(params: ChatCompletionParams): MaxTokensField | undefined {
  const hasOld = params.max_tokens != null;
  const hasNew = params.max_completion_tokens != null;
  if (hasOld === hasNew) return undefined;
  return hasOld ? 'max_tokens' : 'max_completion_tokens';
}

function rename(params: ChatCompletionParams, accepted: MaxTokensField): ChatCompletionParams {
  const { [OTHER[accepted]]: limit, ...rest } = params;
  return { ...rest, [accepted]: limit };
}

function refuses(error: UpstreamError, field: MaxTokensField): boolean {
  if (error.failure !== 'status' || (error.status !== 400 && error.status !== 422)) return false;
  const isAboutField = error.param === undefined ? error.message.includes(field) : error.param === field;
  if (!isAboutField) return false;
  if (REFUSALS_OF_A_FIELD.has(error.code ?? '') || REFUSALS_OF_A_FIELD.has(error.type ?? '')) return true;
  return REFUSES_A_FIELD.test(error.message);
}
