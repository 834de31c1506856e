import fc from 'fast-check';

/** Keys that name a prototype, or a field that only the translation may set, and plain keys. */
const KEYS = (
  '__proto__ constructor prototype toString toJSON model Model messages system stream tools n store api_base ' +
  'extra_body extra_headers temperature top_k max_tokens max_completion_tokens stop stop_sequences thinking ' +
  'reasoning_config reasoningConfig reasoning_effort output_config inferenceConfig tool_choice metadata ' +
  'parallel_tool_calls response_format type name effort format schema budget_tokens user_id seed'
).split(' ');

const SCALARS = [null, true, 0, 1, 2_048, 'a', 'auto', 'any', 'tool', 'enabled', 'disabled', 'high'];

export const text = fc.oneof(
  fc.constantFrom('', ' ', 'a', 'error', '[]', '{"a":1}'),
  fc.string({ maxLength: 8 }),
);

const key = fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 5 }));

interface Json {
  json: unknown;
  object: object;
}

const tied = fc.letrec<Json>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(...SCALARS),
    text,
    tie('object'),
    fc.array(tie('json'), { maxLength: 3 }),
  ),
  object: fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map(parseEntries),
}));

/** Any JSON value. */
export const json: fc.Arbitrary<unknown> = tied.json;

export const object: fc.Arbitrary<object> = tied.object;

/** Converted to text and back, as a body is: so a key `__proto__` is an own property. */
function parseEntries(entries: readonly (readonly [string, unknown])[]): object {
  const members = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${members.join(',')}}`) as object; // the braces make it an object
}
