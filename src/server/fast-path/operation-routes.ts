/** A route's handler as Nest passes it to its platform; `next` goes on to the platform's other routes. */
export type RouteHandler = (request: unknown, response: unknown, next: () => void) => unknown;

export interface OperationRoute {
  readonly handler: RouteHandler;
  /** As Express writes them to `request.params`: the decoded segments of the model id. */
  readonly params: { readonly modelId: readonly string[] };
}

/** Matches route paths such as `/model/*modelId/converse`. */
const OPERATION_PATH = /^\/?model\/\*modelId\/(?<operation>[a-z-]+)$/;
const PREFIX = '/model/';
/** URLs with a query or a fragment are left to Express. */
const QUERY_OR_FRAGMENT = /[?#]/;

/**
 * The operations on a model, found by the last segment of the request's path. Express would find them too, but it
 * tries one regular expression per route, which takes a seventh of the time of a small request.
 */
export class OperationRoutes {
  readonly #handlers = new Map<string, RouteHandler>();

  /** Registers a POST route; ignores it when it is not an operation on a model. */
  add(path: unknown, handler: unknown): void {
    if (typeof path !== 'string' || typeof handler !== 'function') return;
    const operation = OPERATION_PATH.exec(path)?.groups?.operation;
    if (operation !== undefined) this.#handlers.set(operation, handler as RouteHandler);
  }

  /** Undefined for every request that is not plainly an operation: Express decides about it. */
  find({ method, url = '' }: { method?: string; url?: string }): OperationRoute | undefined {
    if (method !== 'POST' || !url.startsWith(PREFIX) || QUERY_OR_FRAGMENT.test(url)) return undefined;
    const end = url.lastIndexOf('/');
    const handler = this.#handlers.get(url.slice(end + 1));
    const modelId = handler && decodeSegments(url.slice(PREFIX.length, end));
    return modelId && { handler, params: { modelId } };
  }
}

/** Undefined when the path is empty or cannot be decoded. */
function decodeSegments(path: string): string[] | undefined {
  if (path === '') return undefined;
  try {
    return path.split('/').map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}
