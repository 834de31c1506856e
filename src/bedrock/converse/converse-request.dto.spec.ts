import { COMPLETE_REQUEST } from '../../../test/support/complete-converse-request.js';
import { EXPECTATIONS } from '../../../test/support/converse-request-expectations.js';
import { withValueAt } from '../../../test/support/json-path.js';
import { ValidationException } from '../bedrock.exception.js';
import { membersOf } from '../validation/dto-members.js';
import { type DtoClass } from '../validation/dto-members.js';
import { validated } from '../validation/validation.pipe.js';
import { ConverseRequestDto } from './converse-request.dto.js';

const expectations = Object.entries(EXPECTATIONS);

const accepted = expectations.flatMap(([path, { accepts }]) =>
  accepts.map((value) => [path, value] as const),
);

const refused = expectations.flatMap(([path, { refuses }]) =>
  refuses.map(([value, constraint, below = '']) => [path, value, `${path}${below}`, constraint] as const),
);

describe('ConverseRequestDto', () => {
  it('accepts a request with every member', () => {
    expect(validated(ConverseRequestDto, COMPLETE_REQUEST)).toBe(COMPLETE_REQUEST);
  });

  it.each(accepted)('accepts %s = %j', (path, value) => {
    const request = withValueAt(COMPLETE_REQUEST, path, value);
    expect(validated(ConverseRequestDto, request)).toBe(request);
  });

  it.each(refused)('refuses %s = %j', (path, value, at, constraint) => {
    const request = withValueAt(COMPLETE_REQUEST, path, value);
    expect(() => validated(ConverseRequestDto, request)).toThrow(
      new ValidationException(
        `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${constraint}`,
      ),
    );
  });

  it('has a case here for every member of every class', () => {
    const named = new Set(expectations.flatMap(([path]) => memberAt(path.split('.'))));
    expect(allMembers(ConverseRequestDto, new Set()).filter((member) => !named.has(member))).toEqual([]);
  });
});

/** `Class.member`, where the path ends. */
function memberAt(path: readonly string[]): string[] {
  let dto: DtoClass = ConverseRequestDto;
  let member: string[] = [];
  for (const segment of path) {
    const kind = membersOf(dto).get(segment);
    // an index of a list or a key of a map
    if (kind === undefined) continue;
    member = [`${dto.name}.${segment}`];
    if ('type' in kind) dto = kind.type();
  }
  return member;
}

function allMembers(dto: DtoClass, seen: Set<DtoClass>): string[] {
  if (seen.has(dto)) return [];
  seen.add(dto);
  const members = [...membersOf(dto)];
  const own = members.map(([name]) => `${dto.name}.${name}`);
  return own.concat(members.flatMap(([, kind]) => ('type' in kind ? allMembers(kind.type(), seen) : [])));
}
