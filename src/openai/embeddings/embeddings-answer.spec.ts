import fc from 'fast-check';
import { NumberList } from '../number-list.js';
import { bodyToEmbeddings } from './embeddings-answer.js';

const list = (...values: number[]) => NumberList.from(values);
const base64 = (...values: number[]) => Buffer.from(new Float32Array(values).buffer).toString('base64');

describe('bodyToEmbeddings', () => {
  it.each<[name: string, data: object[], vectors: number[][]]>([
    [
      'in the order of the inputs',
      [
        { index: 1, embedding: list(2) },
        { index: 0, embedding: list(1) },
      ],
      [[1], [2]],
    ],
    ['without indexes', [{ embedding: list(1) }, { embedding: list(2) }], [[1], [2]]],
    [
      'of plain lists',
      [{ embedding: [1, 2] }, { embedding: [3, 4] }],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['of base64', [{ index: 0, embedding: base64(0.5, -2) }], [[0.5, -2]]],
  ])('has embeddings %s', (_name, data, vectors) => {
    const answer = bodyToEmbeddings({ data }, data.length);
    expect(answer.vectors.map(({ values }) => values)).toEqual(vectors);
  });

  it.each([
    [{ prompt_tokens: 5, total_tokens: 6 }, 5],
    [{ prompt_tokens: 0, total_tokens: 6 }, 6],
    [{ total_tokens: 6 }, 6],
    [{ prompt_tokens: 0, total_tokens: 0 }, undefined],
    [{ prompt_tokens: '5' }, undefined],
    [null, undefined],
    [undefined, undefined],
  ])('has the tokens of %j: %s', (usage, tokens) => {
    expect(bodyToEmbeddings({ data: [{ embedding: list(1) }], usage }, 1).tokens).toBe(tokens);
  });

  it('keeps every 32 bit float of base64', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (values) => {
          const [vector] = bodyToEmbeddings({ data: [{ embedding: base64(...values) }] }, 1).vectors;
          expect(vector?.values).toEqual(values);
        },
      ),
    );
  });

  it.each<[reason: string, body: unknown, count: number]>([
    ['an answer without a list of embeddings', {}, 1],
    ['an answer without a list of embeddings', [{ embedding: list(1) }], 1],
    ['an answer without a list of embeddings', { data: [null] }, 1],
    ['an answer without a list of embeddings', { data: 'no' }, 1],
    ['0 embeddings for 1 inputs', { data: [] }, 1],
    ['1 embeddings for 2 inputs', { data: [{ embedding: list(1) }] }, 2],
    ['2 embeddings for 1 inputs', { data: [{ embedding: list(1) }, { embedding: list(2) }] }, 1],
    ['embeddings whose indexes are not those of the inputs', { data: [{ index: 1, embedding: list(1) }] }, 1],
    [
      'embeddings whose indexes are not those of the inputs',
      { data: [{ index: -1, embedding: list(1) }] },
      1,
    ],
    [
      'embeddings whose indexes are not those of the inputs',
      { data: [{ index: '0', embedding: list(1) }] },
      1,
    ],
    [
      'embeddings whose indexes are not those of the inputs',
      {
        data: [
          { index: 0, embedding: list(1) },
          { index: 0, embedding: list(1) },
        ],
      },
      2,
    ],
    ['an embedding with a value that is no number', { data: [{ embedding: [1, null] }] }, 1],
    ['an embedding with a value that is no number', { data: [{ embedding: [[1], [2]] }] }, 1],
    ['an embedding with a value that is no number', { data: [{ embedding: base64(NaN) }] }, 1],
    ['an embedding that is no list of numbers', { data: [{ embedding: [] }] }, 1],
    ['an embedding that is no list of numbers', { data: [{}] }, 1],
    ['an embedding that is no list of numbers', { data: [{ embedding: { a: 1 } }] }, 1],
    ['an embedding that is no base64 of 32 bit floats', { data: [{ embedding: 'AAA=' }] }, 1],
    ['an embedding that is no base64 of 32 bit floats', { data: [{ embedding: '' }] }, 1],
    ['an embedding that is no base64 of 32 bit floats', { data: [{ embedding: 'no base64' }] }, 1],
    ['embeddings of different lengths', { data: [{ embedding: list(1) }, { embedding: list(1, 2) }] }, 2],
  ])('refuses %s', (reason, body, count) => {
    expect(() => bodyToEmbeddings(body, count)).toThrow(
      expect.objectContaining({ failure: 'unusable', reason }),
    );
  });
});
