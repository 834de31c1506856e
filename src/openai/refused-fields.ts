import type { Upstream } from '../config/configuration.js';
import { refusesField } from './field-refusal.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fields that a request can do without and some servers refuse, such as `encoding_format`. What an upstream has refused
 * is not sent to it again.
 */
export class RefusedFields {
  readonly #refused = new WeakMap<Upstream, Set<string>>();

  constructor(private readonly fields: readonly string[]) {}

  /** → the params without the fields that the upstream is known to refuse. */
  apply<Params extends Fields>(upstream: Upstream, params: Params): Params {
    const refused = this.#refused.get(upstream);
    if (refused === undefined) return params;
    // the fields are optional members of every kind of params
    return Object.fromEntries(Object.entries(params).filter(([name]) => !refused.has(name))) as Params;
  }

  /** Returns whether `error` refuses one of the fields of the params. It is remembered. */
  learn(upstream: Upstream, params: Fields, error: unknown): boolean {
    const field = this.fields.find((name) => params[name] !== undefined && refusesField(error, name));
    if (field === undefined) return false;
    this.#refused.set(upstream, (this.#refused.get(upstream) ?? new Set()).add(field));
    return true;
  }
}
