import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { controllersOf, openApiDocument } from '../scripts/openapi.ts';
import { AppModule } from '../src/app.module.js';
import * as members from '../src/bedrock/validation/dto-members.js';
import { Service } from './support/service.js';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { properties?: object }>> };
}

const TEXT = read('docs/openapi.json');
const document = JSON.parse(TEXT) as Document;
const { version } = JSON.parse(read('package.json')) as { version: string };

describe('docs/openapi.json', () => {
  it('is what npm run openapi writes', () => {
    // neither is read before the service starts
    const module = AppModule.forRoot({} as never, {} as never);
    expect(TEXT).toBe(openApiDocument({ controllers: controllersOf(module), members, version }));
  });

  it('is a valid document of OpenAPI 3.1, whose references lead somewhere', async () => {
    const validator = new Validator();
    expect(await validator.validate(TEXT)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const names = [...TEXT.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    expect(names.filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
  });

  it('has the operations of Bedrock, and names each once', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [`${method} ${path}`, operationId]),
    );
    const ids = operations.map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.fromEntries(operations)).toMatchObject({
      'post /model/{modelId}/converse': 'converse',
      'post /model/{modelId}/converse-stream': 'converseStream',
      'post /model/{modelId}/invoke': 'invokeModel',
      'post /model/{modelId}/count-tokens': 'countTokens',
      'get /foundation-models': 'listFoundationModels',
      'get /inference-profiles/{modelId}': 'getInferenceProfile',
    });
  });

  it('says of a member what the validation says', () => {
    expect(document.components.schemas['InferenceConfiguration']).toEqual({
      type: 'object',
      properties: {
        maxTokens: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
        temperature: { type: 'number', minimum: 0, maximum: 1 },
        topP: { type: 'number', minimum: 0, maximum: 1 },
        stopSequences: {
          type: 'array',
          minItems: 0,
          maxItems: 2_500,
          items: { type: 'string', minLength: 1 },
        },
      },
    });
  });

  it('is served on the management port, and there alone', async () => {
    await using service = await Service.start();
    const response = await fetch(`${service.proxy.managementUrl}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(TEXT);
    expect((await fetch(`${service.url}/openapi.json`)).status).toBe(404);
    expect((await fetch(`${service.proxy.managementUrl}/openapi.json/x`)).status).toBe(404);
  });
});

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
