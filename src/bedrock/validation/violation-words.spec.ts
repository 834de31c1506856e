import { IsOptional } from 'class-validator';
import { violationOf } from './check.js';
import { FreeForm } from './free-form.decorator.js';
import { Nested } from './nested.decorator.js';
import { Required } from './required.decorator.js';
import { Text } from './text.decorator.js';

class LeafDto {
  @Required() @Text({ min: 1, max: 8, pattern: '[a-z]+' }) name!: string;

  @Required() @FreeForm() input!: unknown;
}

class TreeDto {
  @IsOptional() @Nested(() => LeafDto, { each: true, min: 2 }) leaves?: LeafDto[];

  @IsOptional() @Text({ max: 3 }, { each: true }) tags?: string[];
}

describe('the messages of violations', () => {
  it.each([
    ['a missing member', {}, 'Member must not be null'],
    ['another type', { name: 5 }, 'Member must be a string'],
    ['a short text', { name: '' }, 'Member must have length greater than or equal to 1'],
    ['a long text', { name: 'abcdefghi' }, 'Member must have length less than or equal to 8'],
    ['another form', { name: 'A' }, 'Member must satisfy regular expression pattern: [a-z]+'],
  ])('explain %s', (_, leaf, constraint) => {
    const good = { name: 'a', input: 1 };
    const object = { leaves: [good, { input: 1, ...leaf }] };
    expect(violationOf(TreeDto, object)).toEqual({ path: ['leaves', '1', 'name'], constraint });
  });

  it('name the invalid element of a list of strings', () => {
    expect(violationOf(TreeDto, { tags: ['abc', 'abcd'] })).toEqual({
      path: ['tags', '1'],
      constraint: 'Member must have length less than or equal to 3',
    });
  });

  it('never contain the value', () => {
    const object = { name: 'SECRET'.repeat(100_000), input: 'SECRET' };
    expect(violationOf(LeafDto, object)).toEqual({
      path: ['name'],
      constraint: 'Member must have length less than or equal to 8',
    });
  });

  it('are found before nested members are checked', () => {
    // class-validator itself reads the constructor of nested objects, and would throw for this one
    const leaf = { constructor: null, name: 5 };
    expect(violationOf(TreeDto, { leaves: [leaf], constructor: null, anything: leaf })).toEqual({
      path: ['leaves'],
      constraint: 'Member must have length greater than or equal to 2',
    });
  });

  it('do not concern the content of free-form documents', () => {
    expect(violationOf(LeafDto, { name: 'a', input: null })).toEqual({
      path: ['input'],
      constraint: 'Member must not be null',
    });
    expect(violationOf(LeafDto, { name: 'a', input: { constructor: null, name: 5 } })).toBeUndefined();
  });
});
