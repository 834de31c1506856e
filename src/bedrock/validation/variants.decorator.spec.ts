import { IsOptional } from 'class-validator';
import { violationOf } from './check.js';
import { Integer } from './number.decorator.js';
import { Text } from './text.decorator.js';
import { Required } from './required.decorator.js';
import { unknownMembers } from './unknown-members.js';
import { OneOfVariants, TextOrVariants } from './variants.decorator.js';

class CatDto {
  @IsOptional() @Integer({ min: 0 }) lives?: number;
}

class DogDto {
  @Required() @Text({ min: 1 }) name!: string;
}

const CLASSES = new Map<unknown, typeof CatDto | typeof DogDto>([
  ['cat', CatDto],
  ['dog', DogDto],
]);
const PETS = {
  tag: 'type',
  classOf: (type: unknown) => CLASSES.get(type),
  constraint: 'Member must satisfy enum value set: [cat, dog]',
};

class HouseDto {
  @IsOptional() @OneOfVariants(PETS) pet?: object;
  @IsOptional() @OneOfVariants(PETS, { each: true, min: 1 }) pets?: object[];
  @IsOptional() @TextOrVariants(PETS) said?: string | object[];
}

describe('variants', () => {
  it.each([
    [{ pet: { type: 'cat', lives: 9 } }],
    [{ pets: [{ type: 'cat' }, { type: 'dog', name: 'Rex' }] }],
    [{ said: 'purr' }],
    [{ said: [{ type: 'dog', name: 'Rex' }] }],
    [{ pet: null, pets: null, said: null }],
  ])('accepts %j', (house) => expect(violationOf(HouseDto, house)).toBeUndefined());

  it.each<[house: Record<string, unknown>, path: string, constraint: string]>([
    [{ pet: { type: 'cow' } }, 'pet.type', PETS.constraint],
    [{ pet: {} }, 'pet.type', PETS.constraint],
    [{ pet: 'cat' }, 'pet', 'Member must be an object'],
    [{ pet: { type: 'cat', lives: -1 } }, 'pet.lives', 'Member must have value greater than or equal to 0'],
    [{ pets: [{ type: 'cat' }, { type: 'dog' }] }, 'pets.1.name', 'Member must not be null'],
    [{ pets: [] }, 'pets', 'Member must have length greater than or equal to 1'],
    [{ pets: ['cat'] }, 'pets.0', 'Member must be an object'],
    [{ said: 5 }, 'said', 'Member must be a string or a list of objects'],
    [{ said: [null] }, 'said', 'Member must be a string or a list of objects'],
    [{ said: [{ type: 'cow' }] }, 'said.0.type', PETS.constraint],
  ])('refuses %j', (house, path, constraint) => {
    expect(violationOf(HouseDto, house)).toEqual({ path: path.split('.'), constraint });
  });

  it('has unknown members by the class of each, but not the one that tells it', () => {
    const house = {
      pet: { type: 'cat', name: 'Tom' },
      pets: [{ type: 'dog', name: 'Rex', lives: 1 }],
      said: 'purr',
    };
    expect(unknownMembers(HouseDto, house)).toEqual(['pet.name', 'pets.0.lives']);
  });
});
