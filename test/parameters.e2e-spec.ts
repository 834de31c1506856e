import { readFileSync } from 'node:fs';
import { ConverseStreamRequest$ } from '@aws-sdk/client-bedrock-runtime';
import { NormalizedSchema } from '@smithy/core/schema';
import { ConverseRequestDto } from '../src/bedrock/converse/converse-request.dto.js';
import { membersOf } from '../src/bedrock/validation/dto-members.js';
import type { DtoClass } from '../src/bedrock/validation/dto-members.js';

const FATES = new Set(['mapped', 'answered', 'reported', 'hint', 'refused']);

interface Row {
  path: string;
  fate: string;
  /** The row whose members this one shares. */
  as: string | undefined;
}

const rows = readRows('docs/parameters.md');
const rowByPath = new Map(rows.map((row) => [row.path, row]));

/** ConverseStream's request is Converse's and one member more. `modelId` is in the path, not in the body. */
const modelPaths = pathsOfSchema(NormalizedSchema.of(ConverseStreamRequest$), '').filter(
  (path) => path !== 'modelId',
);

describe('the official SDK', () => {
  it('has a schema of all members at every depth', () => {
    expect(modelPaths.length).toBeGreaterThan(200);
    expect(modelPaths).toContain(
      'messages.*.content.*.toolResult.content.*.image.source.s3Location.bucketOwner',
    );
  });
});

describe('docs/parameters.md', () => {
  it('has a row for every member that the official SDK can send', () => {
    expect(modelPaths.filter((path) => !isDocumented(path))).toEqual([]);
  });

  it('names no member that the official SDK cannot send', () => {
    const known = new Set(modelPaths);
    expect(rows.map(({ path }) => path).filter((path) => !known.has(path))).toEqual([]);
  });

  it('has one row per member', () => {
    expect(rows.map(({ path }) => path)).toHaveLength(rowByPath.size);
  });

  it('uses only fates that it explains', () => {
    expect(rows.filter(({ fate }) => !FATES.has(fate))).toEqual([]);
  });

  it('refers only to existing rows', () => {
    expect(rows.filter(({ as }) => as !== undefined && !rowByPath.has(as))).toEqual([]);
  });
});

describe('the classes of the request', () => {
  const classPaths = pathsOfDto(ConverseRequestDto, '');

  it('have a property for every member that the official SDK can send, and no other', () => {
    expect(classPaths.toSorted()).toEqual(modelPaths.toSorted());
  });
});

function isDocumented(path: string): boolean {
  if (rowByPath.has(path)) return true;
  const parent = rows.find(({ path: row, as }) => as !== undefined && path.startsWith(`${row}.`));
  return parent?.as !== undefined && isDocumented(parent.as + path.slice(parent.path.length));
}

function readRows(file: string): Row[] {
  const cells = /^\| `([^`]+)` +\| (\w+) +\| (.*)\|$/gm;
  return [...readFileSync(file, 'utf8').matchAll(cells)].map(([, path = '', fate = '', becomes = '']) => {
    return { path, fate, as: /As `([^`]+)`/.exec(becomes)?.[1] };
  });
}

/** `*` stands for the elements of a list and the values of a map. */
function pathsOfSchema(schema: NormalizedSchema, path: string): string[] {
  if (schema.isListSchema() || schema.isMapSchema())
    return pathsOfSchema(schema.getValueSchema(), `${path}.*`);
  if (!schema.isStructSchema() && !schema.isUnionSchema()) return [];
  return [...schema.structIterator()].flatMap(([name, member]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return [here].concat(pathsOfSchema(member, here));
  });
}

function pathsOfDto(dto: DtoClass, path: string): string[] {
  return [...membersOf(dto)].flatMap(([name, kind]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (!('type' in kind)) return [here];
    const isList = Reflect.getMetadata('design:type', dto.prototype, name) === Array;
    return [here].concat(pathsOfDto(kind.type(), isList || kind.kind === 'map' ? `${here}.*` : here));
  });
}
