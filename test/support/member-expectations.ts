/**
 * The values that a member accepts, and those that it refuses with their messages; `below` is the rest of the
 * path to the refused value.
 */
export interface MemberExpectation {
  accepts: readonly unknown[];
  refuses: readonly (readonly [value: unknown, constraint: string, below?: string])[];
}

const NOT_NULL = 'Member must not be null';
export const NOT_SHORTER = (length: number) => `Member must have length greater than or equal to ${length}`;
export const NOT_LONGER = (length: number) => `Member must have length less than or equal to ${length}`;

export function required({ accepts, refuses }: MemberExpectation): MemberExpectation {
  return { accepts, refuses: [...refuses, [undefined, NOT_NULL], [null, NOT_NULL]] };
}

export function optional({ accepts, refuses }: MemberExpectation): MemberExpectation {
  return { accepts: [...accepts, undefined, null], refuses };
}

export const text: MemberExpectation = {
  accepts: ['', ' ', 'text', '\u{1F600}'],
  refuses: [5, true, {}, ['text']].map((value) => [value, 'Member must be a string']),
};

export function textOf(size: { min?: number; max?: number }): MemberExpectation {
  const { min = 0, max = 1000 } = size;
  const tooLong = size.max === undefined ? [] : [['x'.repeat(max + 1), NOT_LONGER(max)] as const];
  return {
    accepts: ['x'.repeat(Math.max(min, 1)), 'x'.repeat(max)],
    refuses: [
      [5, 'Member must be a string'],
      ...(min > 0 ? [['', NOT_SHORTER(min)] as const] : []),
      ...tooLong,
    ],
  };
}

export function matching(pattern: string, accepts: string[], refuses: string[]): MemberExpectation {
  return {
    accepts,
    refuses: [
      [5, 'Member must be a string'],
      ...refuses.map(
        (value) => [value, `Member must satisfy regular expression pattern: ${pattern}`] as const,
      ),
    ],
  };
}

export function both(first: MemberExpectation, second: MemberExpectation): MemberExpectation {
  return { accepts: second.accepts, refuses: [...first.refuses, ...second.refuses] };
}

export function oneOf(...values: string[]): MemberExpectation {
  const constraint = `Member must satisfy enum value set: [${values.join(', ')}]`;
  return {
    accepts: values,
    refuses: ['', values[0]?.toUpperCase(), 0, {}, [values[0]]].map((value) => [value, constraint]),
  };
}

export function integer({ min }: { min: number }): MemberExpectation {
  return {
    accepts: [min, 2_147_483_647],
    refuses: [
      [min - 1, `Member must have value greater than or equal to ${min}`],
      [2_147_483_648, 'Member must have value less than or equal to 2147483647'],
      [1.5, 'Member must be an integer'],
      ['1', 'Member must be an integer'],
    ],
  };
}

export const fraction: MemberExpectation = {
  accepts: [0, 0.3, 1],
  refuses: [
    [-0.1, 'Member must have value greater than or equal to 0'],
    [1.1, 'Member must have value less than or equal to 1'],
    ['0.5', 'Member must be a number'],
  ],
};

export const flag: MemberExpectation = {
  accepts: [true, false],
  refuses: ['true', 1, {}].map((value) => [value, 'Member must be a boolean']),
};

export function blob({ min }: { min: number }): MemberExpectation {
  return {
    accepts: ['AQ==', 'AQI=', 'AQID', ...(min === 0 ? [''] : [])],
    refuses: [
      [5, 'Member must be a string of base64'],
      ...['AQ', 'AQ-_', 'AQ I', '====', 'AQI!'].map(
        (value) => [value, 'Member must be valid base64'] as const,
      ),
      ...(min > 0 ? [['', NOT_SHORTER(min)] as const] : []),
    ],
  };
}

export const freeForm: MemberExpectation = {
  accepts: [0, '', false, [], {}, { a: { b: [null] } }],
  refuses: [],
};

export const structure: MemberExpectation = {
  accepts: [],
  refuses: [5, 'text', [], [{}]].map((value) => [value, 'Member must be an object']),
};

export function listOf(elements: MemberExpectation, { min = 0, max = Infinity } = {}): MemberExpectation {
  const [element] = elements.accepts;
  return {
    accepts: [...(min === 0 ? [[]] : []), ...elements.accepts.map((value) => [value])],
    refuses: [
      [{}, 'Member must be a list'],
      ['text', 'Member must be a list'],
      [[null], NOT_NULL, '.0'],
      ...elements.refuses.map(([value, constraint]) => [[value], constraint, '.0'] as const),
      ...(min > 0 ? [[[], NOT_SHORTER(min)] as const] : []),
      ...(max < Infinity ? [[Array.from({ length: max + 1 }, () => element), NOT_LONGER(max)] as const] : []),
    ],
  };
}

export const structures = listOf({
  accepts: [],
  refuses: [5, 'text', []].map((v) => [v, 'Member must be an object']),
});

/** A union without a known member, with null, or with two members. Each is refused at the union's own path. */
export function union(...members: string[]): MemberExpectation {
  const constraint = `Member must have exactly one of: [${members.join(', ')}]`;
  return {
    accepts: [],
    refuses: [
      ...structure.refuses,
      [{}, constraint],
      [{ unheardOf: 1 }, constraint],
      [Object.fromEntries(members.map((member) => [member, null])), constraint],
    ],
  };
}
