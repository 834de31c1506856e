import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ChatCompletionParams } from '../../openai/chat-completion.js';
import type { Provenance } from './provenance.js';
import type { ToolParams } from './tool-choice.js';

/** One key of `additionalModelRequestFields`. */
export interface AdditionalField {
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
}

/** Two names of the same limit. Servers refuse a request that has both. */
const TOKEN_LIMITS: readonly string[] = ['max_tokens', 'max_completion_tokens'];

const MAX_NAME_CHARACTERS = 100;

/** The params of a request, to which additional fields are added. */
export class ParamsDraft {
  /** The path of the field that is being translated. */
  source = '';

  /** @param maxTokens the token limit that the request asks for; the target may get a lower one */
  constructor(
    readonly params: ChatCompletionParams,
    private readonly provenance?: Provenance,
    public maxTokens?: unknown,
  ) {}

  has(field: string): boolean {
    return Object.hasOwn(this.params, field);
  }

  /**
   * Sets a param. `name` is the additional field that it comes from.
   * @throws ValidationException when the param is set already
   */
  add(name: string, field: string, value: unknown): void {
    if (isSet(this.params, field)) throw conflict(name);
    this.params[field] = value;
    this.provenance?.param(field, this.source, true);
  }

  /** Replaces the tools, and sets the tool choice. */
  replace({ tools, ...choice }: ToolParams): void {
    delete this.params.tools;
    Object.assign(this.params, choice, tools !== undefined && { tools });
    if (choice.tool_choice !== undefined) this.provenance?.param('tool_choice', this.source);
  }
}

/** Whether the params have the field, under either name if it is the token limit. */
export function isSet(params: ChatCompletionParams, field: string): boolean {
  if (!TOKEN_LIMITS.includes(field)) return Object.hasOwn(params, field);
  return TOKEN_LIMITS.some((limit) => Object.hasOwn(params, limit));
}

/** Uses Bedrock's message. */
export function conflict(name: string): ValidationException {
  return new ValidationException(`The additional field ${shortened(name)} conflicts with an existing field.`);
}

/** A client's name may be of any length, so messages quote its first 100 characters. */
export function shortened(name: string): string {
  return name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS)}…` : name;
}
