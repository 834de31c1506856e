import type { Dispatcher, Pool } from 'undici';

/** A request body and its target. */
export interface Post {
  readonly path: string;
  readonly body: Buffer | string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ExchangeOptions {
  readonly onData?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * Sends a POST and reads the answer to its end without keeping it. Resolves to its size in bytes.
 * @throws Error when the answer is not a success, or the connection breaks
 */
export function exchange(
  pool: Pool,
  { path, body, headers }: Post,
  options: ExchangeOptions = {},
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let size = 0;
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => {
      options.signal?.addEventListener('abort', () => controller.abort(new Error('not wanted any more')));
    },
    onResponseStart: (controller, status) => {
      if (status !== 200) controller.abort(new Error(`${path} was answered with ${status}`));
    },
    onResponseData: (_, bytes) => {
      size += bytes.length;
      options.onData?.();
    },
    onResponseEnd: () => resolve(size),
    onResponseError: (_, error) => reject(error),
  };
  pool.dispatch({ method: 'POST', path, headers, body }, handler);
  return promise;
}
