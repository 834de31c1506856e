import type { Endpoint } from '../endpoint.js';
import type { UpstreamTarget } from '../upstream-target.js';

const RERANK: Endpoint = '/rerank';

export function rerankEndpointOf({ rerank }: UpstreamTarget): Endpoint {
  return rerank?.path ?? RERANK;
}
