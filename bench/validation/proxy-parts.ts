import 'reflect-metadata';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as ConverseRequest from '../../src/bedrock/converse/converse-request.dto.js';
import type * as ValidationPipe from '../../src/bedrock/validation/validation.pipe.js';
import type * as JsonBounds from '../../src/server/body/json-byte-scanner.js';
import type * as JsonExtent from '../../src/server/body/measure-json.js';
import type * as JsonLimits from '../../src/server/body/json-limits.js';
import type * as ReadBody from '../../src/server/body/read-body.js';

/** The steps of the built proxy for a received body. Both throw for a body that they refuse. */
export interface ProxyParts {
  /** Short JSON is checked after it is parsed, long JSON before. */
  readonly bound: (json: Buffer, parsed: unknown) => void;
  readonly validate: (parsed: unknown) => unknown;
}

/** Loads them from the measured build, next to its entry point. */
export async function loadProxyParts(proxyEntry: string): Promise<ProxyParts> {
  const load = (path: string): Promise<unknown> =>
    import(pathToFileURL(join(dirname(proxyEntry), path)).href);
  // the modules of the build have the types of their sources
  const pipe = (await load('bedrock/validation/validation.pipe.js')) as typeof ValidationPipe;
  const request = (await load('bedrock/converse/converse-request.dto.js')) as typeof ConverseRequest;
  const bounds = (await load('server/body/json-byte-scanner.js')) as typeof JsonBounds;
  const { measureJson } = (await load('server/body/measure-json.js')) as typeof JsonExtent;
  const { assertWithinLimits } = (await load('server/body/json-limits.js')) as typeof JsonLimits;
  const { SHORT_JSON_BYTES } = (await load('server/body/read-body.js')) as typeof ReadBody;
  return {
    bound: (json, parsed) => {
      if (json.length <= SHORT_JSON_BYTES) assertWithinLimits(measureJson(parsed));
      else new bounds.JsonByteScanner().push(json);
    },
    validate: (parsed) => pipe.validated(request.ConverseRequestDto, parsed),
  };
}
