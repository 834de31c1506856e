import { readFileSync, writeFileSync } from 'node:fs';
import { type DtoClass, type ProgramMembers, ref, type Schema, Schemas } from './openapi-schemas.ts';

/**
 * Writes `docs/openapi.json`: the routes from the metadata of the controllers, the bodies from that of the DTO classes.
 */

const ROOT = new URL('..', import.meta.url);
const DOCUMENT = new URL('docs/openapi.json', ROOT);
const METHODS = ['get', 'post', 'put', 'delete', 'patch'] as const;
/** Doors of other APIs, whose bodies are those of their own references. */
const REFERENCES: readonly (readonly [path: RegExp, url: string])[] = [
  [/^\/openai\//, 'https://platform.openai.com/docs/api-reference'],
  [/^\/anthropic\//, 'https://docs.claude.com/en/api/messages'],
];

type Class = abstract new (...args: never[]) => object;

/** The parts of the program that hold the metadata; they must come from the process that ran the decorators. */
export interface Program {
  readonly controllers: readonly Class[];
  readonly members: ProgramMembers;
  readonly version: string;
}

/** The document as text. */
export function openApiDocument({ controllers, members, version }: Program): string {
  const schemas = new Schemas(members);
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of controllers.flatMap(routesOf).toSorted(byPath)) {
    (paths[route.path] ??= {})[route.method] = operation(route, schemas);
  }
  const document = {
    openapi: '3.1.1',
    info: {
      title: 'bedrock-to-openai-proxy',
      version,
      description:
        "Amazon Bedrock's API in front of OpenAI-compatible servers. The README lists what each operation does.",
    },
    servers: [{ url: 'http://127.0.0.1:8000' }],
    security: [{}, { bearer: [] }, { sigv4: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A Bedrock API key' },
        sigv4: {
          type: 'apiKey',
          in: 'header',
          name: 'authorization',
          description: 'AWS Signature Version 4',
        },
      },
      schemas: { Error: ERROR, ...schemas.all },
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const ERROR: Schema = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] };

interface Route {
  readonly path: string;
  readonly method: (typeof METHODS)[number];
  readonly name: string;
  /** The class of the body or the query; undefined where the route itself reads the body. */
  readonly dto: DtoClass | undefined;
}

function byPath(one: Route, other: Route): number {
  return one.path < other.path ? -1 : 1;
}

/** What Nest's decorators have recorded. */
function routesOf(controller: Class): Route[] {
  const prefixes: string[] = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  const prototype = controller.prototype as Record<string, Function>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const path = handler && (Reflect.getMetadata('path', handler) as string | string[] | undefined);
    if (name === 'constructor' || handler === undefined || path === undefined) return [];
    const method = METHODS[Reflect.getMetadata('method', handler) as number] ?? 'get';
    const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as (
      DtoClass | undefined
    )[];
    const dto = types.find((type) => type?.name.endsWith('RequestDto') === true);
    const paths = prefixes.flatMap((prefix) => [path].flat().map((rest) => joined(prefix, rest)));
    return paths.map((full) => ({ path: full, method, name, dto }));
  });
}

/** `model/*modelId/converse` → `/model/{modelId}/converse`. */
function joined(prefix: string, path: string): string {
  const parts = [prefix, path].flatMap((part) => part.split('/')).filter((part) => part !== '');
  return `/${parts.map((part) => part.replace(/^[*:](\w+)$/, '{$1}')).join('/')}`;
}

function operation({ path, method, name, dto }: Route, schemas: Schemas): Schema {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter);
  const inPath = names.map((parameter) => ({
    name: parameter,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = method === 'get' && dto !== undefined ? schemas.parametersOf(dto) : [];
  const reference = REFERENCES.find(([pattern]) => pattern.test(path))?.[1];
  const body = dto === undefined ? { type: 'object' } : schemas.refer(dto);
  const error = { description: 'A failure', content: { 'application/json': { schema: ref('Error') } } };
  return {
    operationId: /^\/(?:v1|anthropic)\//.test(path) ? `${name}${path.replaceAll(/\W+/g, '_')}` : name,
    parameters: [...inPath, ...query],
    ...(method === 'post' && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    ...(reference !== undefined && { externalDocs: { url: reference } }),
    responses: { 200: { description: 'The answer', content: answers(name) }, default: error },
  };
}

function answers(name: string): Schema {
  const isEvents = /stream/i.test(name);
  return { [isEvents ? 'application/vnd.amazon.eventstream' : 'application/json']: {} };
}

/** All controllers that a module and its imports declare, without those of the management port. */
export function controllersOf(module: unknown, seen = new Set<unknown>()): Class[] {
  const {
    module: type = module,
    imports = [],
    controllers = [],
  } = (module ?? {}) as {
    module?: unknown;
    imports?: unknown[];
    controllers?: Class[];
  };
  if (typeof type !== 'function' || seen.has(type)) return [];
  seen.add(type);
  const declared = (Reflect.getMetadata('controllers', type) ?? []) as Class[];
  const imported = [...imports, ...((Reflect.getMetadata('imports', type) ?? []) as unknown[])];
  const own = [...controllers, ...declared].filter(({ name }) => name !== 'MetricsController');
  return [...own, ...imported.flatMap((each) => controllersOf(each, seen))];
}

if (import.meta.main) {
  await import('reflect-metadata');
  const { AppModule } = (await import(new URL('dist/app.module.js', ROOT).href)) as {
    AppModule: { forRoot(root: unknown, environment: unknown): unknown };
  };
  const members = (await import(
    new URL('dist/bedrock/validation/dto-members.js', ROOT).href
  )) as ProgramMembers;
  const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string };
  writeFileSync(
    DOCUMENT,
    openApiDocument({ controllers: controllersOf(AppModule.forRoot({}, {})), members, version }),
  );
}
