import fc from 'fast-check';
import { json, object } from '../../test/support/arbitrary-json.js';
import { readExchanges } from '../../test/support/exchange.js';
import { pathsIn, withValueAt } from '../../test/support/json-path.js';
import { mapRequest } from '../../test/support/map-request.js';
import { ModelId } from '../bedrock/model-id.js';
import { BedrockException, ValidationException } from '../bedrock/bedrock.exception.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import { detectFormat } from './detect-format.js';

interface Sample {
  readonly name: string;
  readonly modelId: ModelId;
  readonly body: JsonObject;
}

/** Every native body of the exchanges, which have each member of each format. */
const SAMPLES: readonly Sample[] = readExchanges().flatMap(({ name, path, clientRequest }) => {
  const id = /^\/model\/(?<id>[^/]+)\/invoke/.exec(path)?.groups?.['id'];
  const modelId = id === undefined ? undefined : ModelId.read(decodeURIComponent(id));
  // a client's request is a JSON object
  return modelId === undefined ? [] : [{ name, modelId, body: clientRequest as JsonObject }];
});

/** Name and path of what is refused; undefined when the body is translated. */
function outcome(body: JsonObject, modelId: ModelId): BedrockException | undefined {
  try {
    const format = detectFormat(body, { modelId });
    if (format.kind !== 'hub') return undefined;
    const { request, nativePath } = format.reduce(body);
    const { ignored } = mapRequest(request);
    for (const path of ignored) expect(nativePath(path)).toEqual(expect.any(String));
    return undefined;
  } catch (error) {
    if (error instanceof BedrockException) return error;
    throw error;
  }
}

describe('A native body', () => {
  it('has samples of many formats', () => {
    const formats = SAMPLES.map(({ body, modelId }) => detectFormat(body, { modelId }).name);
    expect(new Set(formats).size).toBeGreaterThan(9);
    expect(SAMPLES.map(({ body, modelId }) => outcome(body, modelId))).toEqual(SAMPLES.map(() => undefined));
  });

  it('with any value in the place of another is translated or refused', () => {
    const changed = fc
      .constantFrom(...SAMPLES)
      .chain(({ body, modelId }) =>
        fc
          .tuple(fc.constantFrom(...pathsIn(body)), json)
          .map(([path, value]) => ({ body: withValueAt<JsonObject>(body, path, value), modelId })),
      );
    fc.assert(
      fc.property(changed, ({ body, modelId }) => {
        const refused = outcome(body, modelId);
        if (refused !== undefined) expect(refused).toBeInstanceOf(ValidationException);
      }),
      { numRuns: 1_500 },
    );
  });

  it('of any shape is translated or refused', () => {
    const anyModel = fc.constantFrom(...SAMPLES.map(({ modelId }) => modelId));
    fc.assert(
      fc.property(object, anyModel, (body, modelId) => {
        const refused = outcome(body as JsonObject, modelId); // parsed from JSON
        if (refused !== undefined) expect(refused).toBeInstanceOf(ValidationException);
      }),
    );
  });
});
