import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { UpstreamScript } from './scripted-upstream.js';

const DIRECTORY = join(import.meta.dirname, '../invoke-exchanges');

/** One request that the upstream gets, and what it answers. */
interface UpstreamExchange {
  readonly path: string;
  readonly request: unknown;
  readonly response: unknown;
  /** 200 if it is left out. */
  readonly status?: number;
}

/** One folder of `test/invoke-exchanges`: a request that is not translated by way of Converse. */
export interface InvokeExchange {
  readonly name: string;
  /** `setup.json`: the model that is asked for, and what the model table says about it. */
  readonly setup: { readonly modelId: string; readonly rule?: object; readonly upstream?: object };
  readonly invokeRequest: object;
  /** In any order: calls of one request run at the same time. */
  readonly upstream: readonly UpstreamExchange[];
  readonly invokeResponse: unknown;
  /** `headers.json`: what the answer says about tokens, and what was ignored. */
  readonly headers: { readonly inputTokens?: string; readonly ignored?: string };
}

export function readInvokeExchanges(): InvokeExchange[] {
  return readdirSync(DIRECTORY)
    .toSorted()
    .map((name) => {
      const json = (file: string): unknown => JSON.parse(readFileSync(join(DIRECTORY, name, file), 'utf8'));
      // assertions at a boundary: the test compares everything that it reads
      return {
        name,
        setup: json('setup.json') as InvokeExchange['setup'],
        invokeRequest: json('invoke-request.json') as object,
        upstream: json('upstream.json') as UpstreamExchange[],
        invokeResponse: json('invoke-response.json'),
        headers: json('headers.json') as InvokeExchange['headers'],
      };
    });
}

/** Answers the requests of the exchange, and refuses any other. */
export function answerExchange({ upstream }: InvokeExchange): UpstreamScript {
  return ({ path, body }, response) => {
    const known = upstream.find((each) => each.path === path && isDeepStrictEqual(each.request, body));
    response.writeHead(known?.status ?? (known ? 200 : 599), { 'content-type': 'application/json' });
    response.end(JSON.stringify(known?.response ?? { error: { message: 'not in upstream.json' } }));
  };
}
