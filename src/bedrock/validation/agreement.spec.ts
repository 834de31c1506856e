import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import fc from 'fast-check';
import { COMPLETE_REQUEST } from '../../../test/support/complete-converse-request.js';
import { valueAt, withValueAt } from '../../../test/support/json-path.js';
import { ConverseRequestDto } from '../converse/converse-request.dto.js';
import { violationOf } from './check.js';
import { UNION } from './dto-members.js';
import { STRUCTURE } from './rule.js';

const PATHS = pathsOf(COMPLETE_REQUEST, []);

const value = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    0,
    1,
    -1,
    1.5,
    1e10,
    true,
    '',
    ' ',
    'x',
    'user',
    'default',
    'AQ==',
    'x'.repeat(300),
  ),
  fc.constantFrom(
    [],
    {},
    [null],
    [{}],
    [[]],
    [5],
    ['x', ''],
    { text: 'x' },
    { text: null },
    { unheardOf: 1 },
  ),
  fc.constantFrom(...PATHS).map((path) => valueAt(COMPLETE_REQUEST, path)),
  fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 't', 'x') }),
);

const name = fc.constantFrom('text', 'image', 'source', 'bytes', 'json', 'type', 'name', 'unheardOf');

const mutation = fc.record({
  path: fc.constantFrom(...PATHS),
  member: fc.option(name, { freq: 3 }),
  value,
});

const requests = fc.array(mutation, { maxLength: 3 }).map((mutations) =>
  mutations.reduce<unknown>((request, { path, member, value: replacement }) => {
    // an earlier mutation may have removed the target of a later one
    const container = valueAt(request, member === null ? path.split('.').slice(0, -1).join('.') : path);
    if (typeof container !== 'object' || container === null) return request;
    return withValueAt(request, member === null ? path : `${path}.${member}`, replacement);
  }, COMPLETE_REQUEST),
);

describe('the check and class-validator', () => {
  it('give the same result, path and message for mutated requests', () => {
    const verdicts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(requests, (request) => {
        verdicts[agree(request)] += 1;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(verdicts.accepted, verdicts.refused)).toBeGreaterThan(40);
  });

  it('give the same result, path and message for objects with members in the wrong places', () => {
    const anywhere = fc.dictionary(
      fc.constantFrom(...Object.keys(COMPLETE_REQUEST), 'text', 'role', 'content'),
      value,
    );
    fc.assert(
      fc.property(anywhere, (request) => void agree(request)),
      { numRuns: 100 },
    );
  });
});

function agree(request: unknown): 'accepted' | 'refused' {
  const errors = validateSync(plainToInstance(ConverseRequestDto, request) as object, {
    forbidUnknownValues: false,
  });
  const violation = STRUCTURE.accepts(request) ? violationOf(ConverseRequestDto, request) : undefined;
  const messages = new Map(errors.flatMap((error) => messagesByPath(error, '')));
  if (violation === undefined) {
    expect(messages).toEqual(new Map());
    return 'accepted';
  }
  expect(messagesAt(violation.path, messages)).toContain(violation.constraint);
  return 'refused';
}

/** class-validator reports a bad element of a list of strings at the list, and a bad union below itself. */
function messagesAt(path: readonly string[], messages: ReadonlyMap<string, string[]>): string[] {
  const places = [path, [...path, UNION], /^\d+$/.test(path.at(-1) ?? '') ? path.slice(0, -1) : path];
  return places.flatMap((place) => messages.get(place.join('.')) ?? []);
}

function messagesByPath(
  { property, constraints, children = [] }: ValidationError,
  parent: string,
): [string, string[]][] {
  const path = parent === '' ? property : `${parent}.${property}`;
  const own: [string, string[]][] = constraints === undefined ? [] : [[path, Object.values(constraints)]];
  return own.concat(children.flatMap((child) => messagesByPath(child, path)));
}

function pathsOf(json: unknown, path: readonly string[]): string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, below]) => {
    const here = [...path, key];
    return [here.join('.')].concat(pathsOf(below, here));
  });
}
