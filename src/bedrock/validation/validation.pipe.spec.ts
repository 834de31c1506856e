import { ValidationException } from '../bedrock.exception.js';
import { ConverseRequestDto } from '../converse/converse-request.dto.js';
import { BedrockValidationPipe } from './validation.pipe.js';

const pipe = new BedrockValidationPipe();
const body = { type: 'body', metatype: ConverseRequestDto } as const;

describe('BedrockValidationPipe', () => {
  it('returns a valid body unchanged', () => {
    const request = { messages: [{ role: 'user', content: [{ text: 'hello' }] }], unheardOf: 1 };
    expect(pipe.transform(request, body)).toBe(request);
  });

  it('treats a missing body as an empty object', () => {
    expect(pipe.transform(undefined, body)).toEqual({});
  });

  it.each([null, [], [{}], 'text', '', 5, true])('refuses the body %p', (value) => {
    expect(() => pipe.transform(value, body)).toThrow(
      new ValidationException('The request body must be a JSON object'),
    );
  });

  it('reports only the first invalid member', () => {
    const message = { role: 'nobody', content: [{}] };
    expect(() => pipe.transform({ messages: Array.from({ length: 1000 }, () => message) }, body)).toThrow(
      new ValidationException(
        "1 validation error detected: Value at 'messages.0.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]",
      ),
    );
  });

  it.each([
    ['of no known type', undefined],
    ['of a simple type', String],
    ['of a class without validated members', class Plain {}],
  ])('does not validate a parameter %s', (_, metatype) => {
    expect(pipe.transform(5, { type: 'param', metatype })).toBe(5);
  });
});
