/** One operation that clients may call. */
interface OfferedOperation {
  readonly method: string;
  /** As in AWS's documentation: `/model/{modelId}/converse`. */
  readonly path: string;
  readonly form: RegExp;
}

/** Not for clients: of whoever watches the process. */
const NOT_FOR_CLIENTS = /^\/?(?:health|metrics)(?:\/|$)/;

/** What there is to call, for whoever called something else. */
export class OfferedOperations {
  readonly #operations: OfferedOperation[] = [];

  /** Takes down a route with a path, as Nest gives it to its platform. */
  add(method: string, path: unknown): void {
    if (typeof path !== 'string' || NOT_FOR_CLIENTS.test(path)) return;
    const segments = path.split('/');
    const shown = segments.map((segment) => segment.replace(/^[*:](\w+)$/, '{$1}'));
    const pattern = segments.map((segment) => {
      if (segment.startsWith('*')) return '.+';
      return segment.startsWith(':') ? '[^/]+' : segment.replaceAll(/\W/g, '\\$&');
    });
    this.#operations.push({ method, path: shown.join('/'), form: new RegExp(`^${pattern.join('/')}/?$`) });
  }

  /**
   * A sentence on what could have been meant; it holds nothing of the request.
   * @param url its path, with or without a query
   */
  adviceFor(method: string, url: string): string {
    const [path = ''] = url.split('?');
    const samePath = this.#operations.filter(({ form }) => form.test(path));
    const [first] = samePath;
    if (first !== undefined && samePath.every((operation) => operation.method !== method)) {
      return `${first.path} takes ${samePath.map((operation) => operation.method).join(' or ')}.`;
    }
    const all = this.#operations.map((operation) => `${operation.method} ${operation.path}`);
    return `There is ${all.join(', ')}.`;
  }
}
