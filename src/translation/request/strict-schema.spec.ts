import { isStrictSchema } from './strict-schema.js';

const closed = (properties: object, fields: object = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...fields,
});
const TEXT = { type: 'string' };

describe('schemas that follow the rules of strict mode', () => {
  it.each<[string, object]>([
    ['no properties', closed({})],
    ['properties', closed({ a: TEXT, b: { type: ['string', 'null'] } })],
    ['nested objects', closed({ a: closed({ b: TEXT }) })],
    ['lists of objects', closed({ a: { type: 'array', items: closed({ b: TEXT }) } })],
    ['alternatives', closed({ a: { anyOf: [TEXT, closed({ b: TEXT })] } })],
    ['definitions', closed({ a: { $ref: '#/$defs/b' } }, { $defs: { b: closed({ c: TEXT }) } })],
  ])('%s', (_, schema) => {
    expect(isStrictSchema({ ...schema })).toBe(true);
  });
});

describe('schemas that do not', () => {
  const open = { type: 'object', properties: { b: TEXT }, required: ['b'] };

  it.each<[string, object]>([
    ['an empty one', {}],
    ['a list at the root', { type: 'array', items: closed({}) }],
    ['alternatives at the root', closed({}, { anyOf: [closed({})] })],
    ['open to other properties', closed({ a: TEXT }, { additionalProperties: true })],
    ['silent about other properties', open],
    ['an optional property', closed({ a: TEXT, b: TEXT }, { required: ['a'] })],
    ['no list of required ones', closed({ a: TEXT }, { required: undefined })],
    ['an open object inside', closed({ a: open })],
    ['an open object in a list', closed({ a: { type: 'array', items: open } })],
    ['an open alternative', closed({ a: { anyOf: [TEXT, open] } })],
    ['an open definition', closed({}, { $defs: { b: open } })],
    ['an object that may be null', closed({ a: { type: ['object', 'null'], properties: { b: TEXT } } })],
    ['allOf', closed({ a: { allOf: [TEXT] } })],
    ['oneOf', closed({ a: { oneOf: [TEXT] } })],
    ['a schema that is true', closed({ a: true })],
    ['a property that every object inherits', closed({ toString: TEXT }, { required: [] })],
  ])('%s', (_, schema) => {
    expect(isStrictSchema({ ...schema })).toBe(false);
  });
});
