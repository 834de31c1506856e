/** As Nest gives a route to its platform; `next` goes on to the platform's other routes. */
export type RouteHandler = (request: unknown, response: unknown, next: () => void) => unknown;

export interface OperationRoute {
  readonly handler: RouteHandler;
  readonly params: { readonly modelId: readonly string[] };
}

/** Of routes such as `/model/*modelId/converse`. */
const OPERATION = /^\/?model\/\*modelId\/(?<operation>[a-z-]+)$/;
const PREFIX = '/model/';
/** A query, or what no client writes: left to Express. */
const UNUSUAL = /[?#]/;

/**
 * The operations on a model, by the last segment of their paths. Express finds them too, but through its layers, with
 * a regular expression for each: that costs a seventh of all that a small call costs.
 */
export class OperationRoutes {
  readonly #handlers = new Map<string, RouteHandler>();

  /** Takes down a POST route, if it is one of an operation. */
  add(path: unknown, handler: unknown): void {
    if (typeof path !== 'string' || typeof handler !== 'function') return;
    const operation = OPERATION.exec(path)?.groups?.operation;
    if (operation !== undefined) this.#handlers.set(operation, handler as RouteHandler);
  }

  /** Undefined for whatever Express may know better. */
  find({ method, url = '' }: { method?: string; url?: string }): OperationRoute | undefined {
    if (method !== 'POST' || !url.startsWith(PREFIX) || UNUSUAL.test(url)) return undefined;
    const end = url.lastIndexOf('/');
    const handler = this.#handlers.get(url.slice(end + 1));
    const modelId = handler && decodeSegments(url.slice(PREFIX.length, end));
    return modelId && { handler, params: { modelId } };
  }
}

/** Undefined where there is nothing to decode, or it cannot be. */
function decodeSegments(path: string): string[] | undefined {
  if (path === '') return undefined;
  try {
    return path.split('/').map((segment) => decodeURIComponent(segment));
  } catch {
    return undefined;
  }
}
