import fc from 'fast-check';
import { json, object } from '../../../test/support/arbitrary-json.js';
import { targetOf } from '../../../test/support/upstream-target.js';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { DIALECT_NAMES } from '../../config/dialect-names.js';
import { paramsToBody } from '../../openai/request-body.js';
import type { ChatRequest } from './chat-request.js';
import { ChatRequestMapper } from './chat-request.mapper.js';
import { withMediaData } from './media-data.js';

const OPTIONS = {
  newToolUseId: () => 'tooluse_1',
  digest: () => new Uint8Array(32),
};

const message = fc
  .tuple(fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool', 'other'), object)
  .map(([role, members]) =>
    Object.assign({}, members, { role, content: 'content' in members ? 'text' : undefined }),
  );
const request = fc
  .tuple(object, fc.array(message, { minLength: 1, maxLength: 3 }), fc.option(fc.array(object)), json)
  .map(([members, messages, tools, toolChoice]) =>
    // as the door checks it
    Object.assign({ ...members }, { messages, tools, tool_choice: toolChoice }),
  ) as fc.Arbitrary<ChatRequest>;

describe('any chat completion request', () => {
  it('becomes a request for the target, or is refused', () => {
    const mappers = (['ignore', 'reject'] as const).map(
      (unsupportedParameters) => new ChatRequestMapper({ ...OPTIONS, unsupportedParameters }),
    );
    fc.assert(
      fc.property(
        request,
        fc.constantFrom(...mappers),
        fc.constantFrom(...DIALECT_NAMES),
        (body, mapper, dialect) => {
          const before = JSON.stringify(body);
          try {
            const { params } = mapper.map(body, targetOf(dialect, { model: 'm' }));
            const sent = JSON.parse(paramsToBody(params).toString()) as Record<string, unknown>;
            expect(sent).toMatchObject({ model: 'm', messages: expect.any(Array) as unknown });
            expect(Object.keys(sent)).not.toEqual(
              expect.arrayContaining([expect.stringMatching(/^(?:stream|store|metadata|api_base)$/)]),
            );
            expect(JSON.parse(JSON.stringify(withMediaData(params)))).toEqual(
              JSON.parse(JSON.stringify(params)),
            );
          } catch (error) {
            if (!(error instanceof ValidationException)) throw error;
            expect(error.path).toEqual(expect.any(String));
          }
          // another target gets the same request
          expect(JSON.stringify(body)).toBe(before);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
