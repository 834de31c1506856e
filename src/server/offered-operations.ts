/** One operation that clients may call. */
interface OfferedOperation {
  readonly method: string;
  /** As in AWS's documentation: `/model/{modelId}/converse`. */
  readonly path: string;
  readonly pattern: RegExp;
}

/** Paths for operators, which are not offered to clients. */
const NOT_FOR_CLIENTS = /^\/?(?:health|metrics)(?:\/|$)/;

/** Asynchronous invocations have routes only to say that they are not offered. */
const NOT_OFFERED = /^\/?async-invoke(?:\/|$)/;

/** The operations that clients can call, listed in the answer to an unknown operation. */
export class OfferedOperations {
  readonly #operations: OfferedOperation[] = [];

  /** Registers a route with a path, as Nest passes it to its platform. */
  add(method: string, path: unknown): void {
    if (typeof path !== 'string' || NOT_FOR_CLIENTS.test(path) || NOT_OFFERED.test(path)) return;
    const segments = path.split('/');
    const shown = segments.map((segment) => segment.replace(/^[*:](\w+)$/, '{$1}'));
    const segmentPatterns = segments.map((segment) => {
      if (segment.startsWith('*')) return '.+';
      return segment.startsWith(':') ? '[^/]+' : segment.replaceAll(/\W/g, '\\$&');
    });
    this.#operations.push({
      method,
      path: shown.join('/'),
      pattern: new RegExp(`^${segmentPatterns.join('/')}/?$`),
    });
  }

  /**
   * A sentence that lists what can be called; it contains nothing of the request.
   * @param url the request's path, with or without a query
   */
  adviceFor(method: string, url: string): string {
    const [path = ''] = url.split('?');
    const samePath = this.#operations.filter(({ pattern }) => pattern.test(path));
    const [first] = samePath;
    if (first !== undefined && samePath.every((operation) => operation.method !== method)) {
      return `${first.path} takes ${samePath.map((operation) => operation.method).join(' or ')}.`;
    }
    const all = this.#operations.map((operation) => `${operation.method} ${operation.path}`);
    return `There is ${all.join(', ')}.`;
  }
}
