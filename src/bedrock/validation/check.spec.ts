import {
  ArrayMaxSize,
  IsInt,
  IsOptional,
  IsString,
  Min,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { violationOf } from './check.js';
import type { DtoClass } from './dto-members.js';
import { ExactlyOneOf } from './exactly-one-of.decorator.js';
import { FreeForm } from './free-form.decorator.js';
import { Nested } from './nested.decorator.js';
import { Required } from './required.decorator.js';
import type { JsonObject } from './rule.js';
import { Text } from './text.decorator.js';

class LeafDto {
  @Required() @IsString() name!: string;
}

class TreeDto {
  @IsOptional() @Nested(() => LeafDto) leaf?: LeafDto;

  @IsOptional() @Nested(() => LeafDto, { each: true, max: 2 }) leaves?: LeafDto[];

  @IsOptional() @IsInt({ each: true }) @Min(1, { each: true }) @ArrayMaxSize(3) counts?: number[];

  @ValidateIf((tree: TreeDto) => tree.leaf != null) @IsString() besideLeaf?: string;

  @IsOptional() @IsString({ validateIf: (tree: TreeDto) => tree.counts == null }) withoutCounts?: unknown;

  @IsOptional() @FreeForm() anything?: unknown;
}

class SaplingDto extends TreeDto {
  @Required() @IsInt() age!: number;
}

@ExactlyOneOf()
class EitherDto {
  @IsOptional() @Text() one?: string;

  @IsOptional() @Nested(() => LeafDto) other?: LeafDto;
}

class EmptyDto {}

describe('violationOf', () => {
  it.each<[string, DtoClass, JsonObject]>([
    ['nothing', TreeDto, {}],
    ['null for an optional member', TreeDto, { leaf: null, leaves: null, counts: null, anything: null }],
    [
      'nested objects and lists',
      TreeDto,
      { leaf: { name: 'a' }, besideLeaf: '', leaves: [{ name: 'a' }, { name: '' }] },
    ],
    ['an empty list', TreeDto, { leaves: [], counts: [] }],
    ['a bad value whose condition does not hold', TreeDto, { besideLeaf: 5 }],
    ['a bad value whose constraint is switched off', TreeDto, { counts: [1], withoutCounts: 5 }],
    ['anything in a free-form document', TreeDto, { anything: { leaf: 5, constructor: null } }],
    ['unknown members', TreeDto, { unheardOf: { leaf: 5 } }],
    [
      'names that every object inherits',
      TreeDto,
      JSON.parse('{"__proto__":{"leaf":5},"constructor":1,"toString":2}'),
    ],
    ['one member of a union', EitherDto, { one: '' }],
    ['null beside the one member of a union', EitherDto, { one: '', other: null }],
    ['an unknown member beside the one of a union', EitherDto, { one: '', unheardOf: 1, '(union)': 1 }],
    ['anything in a class without members', EmptyDto, { any: 1 }],
  ])('accepts %s', (_, dto, json) => {
    expect(violationOf(dto, json)).toBeUndefined();
  });

  it.each<[string, DtoClass, JsonObject, path: string]>([
    ['a missing member', LeafDto, {}, 'name'],
    ['null for a required member', LeafDto, { name: null }, 'name'],
    ['a missing member below', TreeDto, { leaf: {}, besideLeaf: '' }, 'leaf.name'],
    ['a bad member in a list', TreeDto, { leaves: [{ name: 'a' }, { name: 5 }] }, 'leaves.1.name'],
    ['no object in a list', TreeDto, { leaves: [{ name: 'a' }, null] }, 'leaves.1'],
    ['a list in a list', TreeDto, { leaves: [[{ name: 'a' }]] }, 'leaves.0'],
    ['a list that is too long', TreeDto, { leaves: [{ name: 'a' }, { name: 'a' }, { name: 'a' }] }, 'leaves'],
    ['an object for a list', TreeDto, { leaves: { 0: { name: 'a' } } }, 'leaves'],
    ['a list for an object', TreeDto, { leaf: [{ name: 'a' }] }, 'leaf'],
    ['a bad element', TreeDto, { counts: [1, 0] }, 'counts.1'],
    ['a bad value whose condition holds', TreeDto, { leaf: { name: 'a' }, besideLeaf: 5 }, 'besideLeaf'],
    ['an absent value whose condition holds', TreeDto, { leaf: { name: 'a' } }, 'besideLeaf'],
    ['a bad value whose constraint is switched on', TreeDto, { withoutCounts: 5 }, 'withoutCounts'],
    ['a bad member that the class inherits', SaplingDto, { age: 1, counts: [0] }, 'counts.0'],
    ['a union without members', EitherDto, {}, ''],
    ['a union of nulls', EitherDto, { one: null }, ''],
    ['a union with an unknown member only', EitherDto, { unheardOf: 1 }, ''],
    ['a union with two members', EitherDto, { one: '', other: { name: 'a' } }, ''],
  ])('refuses %s', (_, dto, json, path) => {
    expect(violationOf(dto, json)?.path.join('.')).toBe(path);
  });

  it('throws for a class that it cannot check like class-validator', () => {
    class BareDto {
      @ValidateNested() leaf?: LeafDto;
    }
    class SlowDto {
      leaf?: string;
    }
    registerDecorator({
      target: SlowDto,
      propertyName: 'leaf',
      async: true,
      validator: { validate: () => Promise.resolve(true) },
    });
    expect(() => violationOf(BareDto, {})).toThrow(
      new TypeError('BareDto.leaf: use @Nested, not @ValidateNested'),
    );
    expect(() => violationOf(SlowDto, {})).toThrow(
      new TypeError('SlowDto.leaf: a constraint must be synchronous'),
    );
  });
});
