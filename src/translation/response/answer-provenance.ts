import type { ChatCompletionAnswer, ChoiceAnswer } from '../../openai/chat-completion.js';
import { fromWord, memberOf, ObjectOrigins, type Origin, type Source } from '../origins.js';
import { usageSources } from './usage-sources.js';

const STOP_FIELDS = ['finish_reason', 'native_finish_reason', 'stop_reason', 'matched_stop'];
/** Why an answer has no choice. */
const REFUSALS = ['prompt_filter_results', 'promptFeedback', 'prompt_feedback'];

/** Records where the parts of a Converse answer come from: paths in the chat answer, or words. */
export class AnswerProvenance extends ObjectOrigins {
  /** The objects of the chat answer. */
  readonly #paths = new Map<object, string>();
  /** Paths in the Converse answer. */
  readonly #members = new Map<string, Source>([
    ['output', fromWord('default')],
    ['metrics', fromWord('default')],
    ['performanceConfig', fromWord('default')],
    // entries of a list before the one that was asked for
    ['additionalModelResponseFields', fromWord('default')],
    ['trace', fromWord('route')],
  ]);

  constructor(answer: ChatCompletionAnswer) {
    super();
    this.#readPaths(answer, '');
    this.#members.set('stopReason', sourceIn(answer, REFUSALS));
    this.#members.set('serviceTier', sourceIn(answer, ['service_tier']));
    for (const [name, from] of Object.entries(usageSources(answer))) {
      this.#members.set(`usage.${name}`, from.length > 0 ? { from, isCopy: false } : fromWord('default'));
    }
  }

  /** A member comes from a member of an object of the chat answer. */
  from<Target extends object>(target: Target, name: keyof Target & string, ...sources: AnswerMember[]): void {
    this.member(target, name, ...sources.map(([object, member]) => this.#pathOf(object, member)));
  }

  /** How the answer ended, and the fields that the request names. */
  end(choice: ChoiceAnswer, fieldPaths: readonly string[]): void {
    const stop = sourceIn(choice, STOP_FIELDS, this.#pathOf(choice));
    this.#members.set('stopReason', stop);
    for (const pointer of fieldPaths) {
      const path = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
      const isStop = path === 'stop_sequence' || path === 'delta.stop_sequence';
      const source: Source = isStop ? stop : { from: [path], isCopy: true };
      this.#members.set(`additionalModelResponseFields.${path}`, source);
    }
  }

  /** The origins of everything in the Converse answer. The most specific path applies. */
  list(response: object): Origin[] {
    const origins = [...this.#members].map(([path, source]) => Object.assign({ path }, source));
    return [...origins, ...this.inside(response)];
  }

  #pathOf(object: object, member?: string): string {
    const path = this.#paths.get(object) ?? '';
    return member === undefined ? path : memberOf(path, member);
  }

  #readPaths(value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null) return;
    this.#paths.set(value, path);
    for (const [name, member] of Object.entries(value)) this.#readPaths(member, memberOf(path, name));
  }
}

/** A member of an object of the chat answer; or the object itself. */
export type AnswerMember = readonly [object: object, member?: string];

/** Those of the members that the object has, or the translation. */
function sourceIn(object: object, members: readonly string[], path = ''): Source {
  const present = Object.entries(object).filter(([name, value]) => members.includes(name) && value != null);
  if (present.length === 0) return fromWord('default');
  return { from: present.map(([name]) => memberOf(path, name)), isCopy: false };
}
