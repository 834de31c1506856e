import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { IS_INSTANCE, IS_URL } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import ts from 'typescript';

/**
 * Writes `config.schema.json`, the JSON Schema of CONFIG_FILE. The compiled classes that validate the file give its
 * rules, and the comments of their sources give its descriptions.
 */

const ROOT = new URL('..', import.meta.url);
const SOURCES = new URL('src/config/file/', ROOT);
const SCHEMA = new URL('config.schema.json', ROOT);
const THE_FILE = 'ConfigFileDto';

type Schema = ReturnType<typeof validationMetadatasToSchemas>[string];

const SERVERS_BY_NAME = {
  type: 'object' as const,
  minProperties: 1,
  propertyNames: { pattern: '^[\\w.-]{1,64}$' },
};

/** Returns the schema as text. The decorators of the classes must have run in this process. */
export function configSchema(): string {
  // the module that `class-transformer` itself loads; it holds the types of nested members
  const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js');
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    additionalConverters: {
      [IS_INSTANCE]: SERVERS_BY_NAME,
      [IS_URL]: { type: 'string', format: 'uri', pattern: '^https?://' },
    },
  });
  const comments = readComments();
  const described = Object.entries(schemas)
    .filter(([name]) => comments.has(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, schema]) => [name, describe(name, schema, comments)]);
  const { [THE_FILE]: file, ...definitions } = Object.fromEntries(described);
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...file, definitions };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** Adds the descriptions and forbids unknown keys. */
function describe(name: string, schema: Schema, comments: ReadonlyMap<string, string>): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([key, property]) => [
    key,
    { ...property, description: comments.get(`${name}.${key}`) },
  ]);
  return {
    description: comments.get(name),
    ...schema,
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

/** `Class` and `Class.property` → the text of its comment. */
function readComments(): ReadonlyMap<string, string> {
  const files = readdirSync(SOURCES).filter((file) => file.endsWith('.dto.ts'));
  return new Map(files.flatMap((file) => commentsIn(readFileSync(new URL(file, SOURCES), 'utf8'))));
}

function commentsIn(text: string): [string, string][] {
  const { statements } = ts.createSourceFile('', text, ts.ScriptTarget.Latest, true);
  return statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const name = declaration.name?.text ?? '';
    return [declaration, ...declaration.members].map((node): [string, string] => [
      node === declaration ? name : `${name}.${node.name?.getText() ?? ''}`,
      commentOf(node),
    ]);
  });
}

function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? '').replaceAll(/\s+/g, ' ');
}

if (import.meta.main) {
  await import(new URL('dist/config/file/config-file.dto.js', ROOT).href);
  writeFileSync(SCHEMA, configSchema());
}
