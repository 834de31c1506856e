import type * as Members from '../src/bedrock/validation/dto-members.ts';

export type DtoClass = Members.DtoClass;
export type Schema = Readonly<Record<string, unknown>>;

/** The part of the program that reads the metadata of the DTO classes. */
export type ProgramMembers = Pick<typeof Members, 'membersOf' | 'validationMetadatas' | 'UNION'>;

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** DTO classes → schemas, each once. */
export class Schemas {
  readonly #all = new Map<string, Schema>();
  readonly #members: ProgramMembers;

  constructor(members: ProgramMembers) {
    this.#members = members;
  }

  get all(): Readonly<Record<string, Schema>> {
    return Object.fromEntries([...this.#all].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  refer(dto: DtoClass): Schema {
    const name = dto.name.replace(/Dto$/, '');
    if (!this.#all.has(name)) {
      // first, because a structure may hold itself
      this.#all.set(name, {});
      this.#all.set(name, this.#schemaOf(dto));
    }
    return ref(name);
  }

  parametersOf(dto: DtoClass): Schema[] {
    return [...this.#members.membersOf(dto).keys()].map((name) => ({
      name,
      in: 'query',
      schema: this.#memberSchema(dto, name),
    }));
  }

  #schemaOf(dto: DtoClass): Schema {
    const names = [...this.#members.membersOf(dto).keys()];
    const metadatas = this.#members.validationMetadatas(dto);
    const isUnion = metadatas.some(({ propertyName }) => propertyName === this.#members.UNION);
    const required = names.filter((name) => !isOptional(metadatas, name));
    return {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, this.#memberSchema(dto, name)])),
      ...(isUnion ? { minProperties: 1, maxProperties: 1 } : required.length > 0 && { required }),
    };
  }

  #memberSchema(dto: DtoClass, name: string): Schema {
    const kind = this.#members.membersOf(dto).get(name);
    const own = this.#members.validationMetadatas(dto).filter(({ propertyName }) => propertyName === name);
    if (kind?.kind === 'map') return { type: 'object', additionalProperties: this.refer(kind.type()) };
    const element: Schema = {};
    const whole: Schema = {};
    for (const { constraints, each } of own) {
      const [rule] = (constraints ?? []) as ({ schema?: Schema } | undefined)[];
      Object.assign(each ? element : whole, rule?.schema);
    }
    const isList = own.some(({ each }) => each);
    const inner = kind?.kind === 'structure' ? this.refer(kind.type()) : undefined;
    return isList ? { type: 'array', ...whole, items: inner ?? element } : (inner ?? whole);
  }
}

type Metadatas = ReturnType<ProgramMembers['validationMetadatas']>;

/** `IsOptional` and conditions are recorded as validations of their own kind. */
function isOptional(metadatas: Metadatas, name: string): boolean {
  return metadatas.some(
    ({ propertyName, type }) => propertyName === name && type === 'conditionalValidation',
  );
}
