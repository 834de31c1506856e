import type { ChatCompletionParams } from './chat-completion.js';
import { refusesField } from './field-refusal.js';
import type { UpstreamTarget } from './upstream-target.js';

type MaxTokensField = 'max_tokens' | 'max_completion_tokens';

/** Model names come from clients, so their number is limited. A forgotten one costs one more refused call. */
const MAX_REMEMBERED = 1_000;

const OTHER = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
} as const satisfies Record<MaxTokensField, MaxTokensField>;

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
    if (field === undefined || !refusesField(error, field)) return undefined;
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
