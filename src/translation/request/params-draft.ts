import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { ToolParams } from './tool-choice.js';

/** One key of `additionalModelRequestFields`. */
export interface AdditionalField {
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
}

/** Two names of one limit: servers refuse them together. */
const TOKEN_LIMITS: readonly string[] = ['max_tokens', 'max_completion_tokens'];

const MAX_NAME_CHARACTERS = 100;

/** The params of a request while additional fields join those that the Converse members have set. */
export class ParamsDraft {
  constructor(readonly params: ChatCompletionParams) {}

  has(field: string): boolean {
    return Object.hasOwn(this.params, field);
  }

  get maxTokens(): unknown {
    return this.params.max_tokens ?? this.params.max_completion_tokens;
  }

  /**
   * Sets a field for the additional field of a name.
   * @throws ValidationException when it is set already
   */
  add(name: string, field: string, value: unknown): void {
    if (isSet(this.params, field)) throw conflict(name);
    this.params[field] = value;
  }

  /** A choice among the tools puts its own in their place. */
  replace({ tools, ...choice }: ToolParams): void {
    delete this.params.tools;
    Object.assign(this.params, choice, tools !== undefined && { tools });
  }
}

/** Whether the params have the field, under either name if it is the token limit. */
export function isSet(params: ChatCompletionParams, field: string): boolean {
  if (!TOKEN_LIMITS.includes(field)) return Object.hasOwn(params, field);
  return TOKEN_LIMITS.some((limit) => Object.hasOwn(params, limit));
}

/** In the words of Bedrock. */
export function conflict(name: string): ValidationException {
  return new ValidationException(`The additional field ${shortened(name)} conflicts with an existing field.`);
}

/** Names are the client's own and of any length. */
export function shortened(name: string): string {
  return name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS)}…` : name;
}
