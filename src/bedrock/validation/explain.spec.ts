import { IsOptional } from 'class-validator';
import { ValidationException } from '../bedrock.exception.js';
import { explain } from './explain.js';
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
}

const AT_NAME = "1 validation error detected: Value at 'leaves.0.name' failed to satisfy constraint:";

describe('explain', () => {
  it.each([
    ['a missing member', {}, 'Member must not be null'],
    ['another type', { name: 5 }, 'Member must be a string'],
    ['a short text', { name: '' }, 'Member must have length greater than or equal to 1'],
    ['a long text', { name: 'abcdefghi' }, 'Member must have length less than or equal to 8'],
    ['another form', { name: 'A' }, 'Member must satisfy regular expression pattern: [a-z]+'],
    ['what only the compiled check refuses', { name: 'a' }, 'Member must be valid'],
  ])('says what is wrong with %s', (_, object, constraint) => {
    const exception = explain({ path: ['leaves', '0', 'name'], dto: LeafDto, object, property: 'name' });
    expect(exception).toEqual(new ValidationException(`${AT_NAME} ${constraint}`));
  });

  it('never repeats the value', () => {
    const object = { name: 'SECRET'.repeat(100_000), input: 'SECRET' };
    const { message } = explain({ path: ['leaves', '0', 'name'], dto: LeafDto, object, property: 'name' });
    expect(message).toBe(`${AT_NAME} Member must have length less than or equal to 8`);
  });

  it('does not look below the refused object', () => {
    // class-validator reads the constructor of what it enters, and would fall over this one
    const leaf = { constructor: null, name: 5 };
    const object = { leaves: [leaf], constructor: null, anything: leaf };
    expect(explain({ path: ['leaves'], dto: TreeDto, object, property: 'leaves' }).message).toBe(
      "1 validation error detected: Value at 'leaves' failed to satisfy constraint: Member must have length greater than or equal to 2",
    );
  });

  it('leaves free-form documents alone', () => {
    const object = { name: 'a', input: null };
    expect(explain({ path: ['input'], dto: LeafDto, object, property: 'input' }).message).toBe(
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must not be null",
    );
  });
});
