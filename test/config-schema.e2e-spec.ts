import { readFileSync } from 'node:fs';
import { configSchema } from '../scripts/config-schema.ts';
import { parseConfigFile } from '../src/config/file/parse-config-file.js';

interface Schema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const documentation = read('docs/configuration.md');
const { properties, definitions } = JSON.parse(read('config.schema.json')) as Schema;

describe('config.schema.json', () => {
  it('is what npm run config:schema writes', () => {
    expect(read('config.schema.json')).toBe(configSchema());
  });

  it('has every class, and refuses unknown keys in each', () => {
    expect(Object.keys(definitions)).toEqual([
      'AuthDto',
      'ChatTemplateDto',
      'ClientDto',
      'ConfidenceThresholdsDto',
      'ContentFilterDto',
      'EmbeddingsDto',
      'GuardrailContentDto',
      'GuardrailDto',
      'GuardrailPiiDto',
      'GuardrailRegexDto',
      'InferenceDefaultsDto',
      'InputTypesDto',
      'LimitsDto',
      'ModelRuleDto',
      'PricesDto',
      'PromptBlockDto',
      'PromptCachePointDto',
      'PromptDto',
      'PromptInferenceConfigurationDto',
      'PromptMessageDto',
      'PromptMetadataDto',
      'PromptTemplateConfigurationDto',
      'PromptToolChoiceDto',
      'PromptToolConfigurationDto',
      'PromptToolDto',
      'PromptToolNameDto',
      'PromptToolSchemaDto',
      'PromptToolSpecificationDto',
      'PromptVariableDto',
      'PromptVariantDto',
      'RequestMetadataDto',
      'RerankDto',
      'RouteEntryDto',
      'S3Dto',
      'TextTemplateDto',
      'UpstreamDto',
    ]);
    for (const definition of Object.values(definitions))
      expect(definition).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it.each([
    ...Object.entries(properties),
    ...Object.values(definitions).flatMap((definition) => Object.entries(definition.properties)),
  ])('describes %s', (_, property) => {
    expect(property).toMatchObject({ description: expect.stringMatching(/^\S.+\.$/) });
  });
});

describe('docs/configuration.md', () => {
  it.each(
    [...documentation.matchAll(/^```(yaml|json)\n([^]+?)^```$/gm)].map(([, kind, text]) => [kind, text]),
  )('shows valid %s', (_, text = '') => {
    expect(parseConfigFile(text).models.length).toBeGreaterThan(0);
  });

  it.each([
    ...Object.keys(properties),
    ...Object.values(definitions).flatMap((definition) => Object.keys(definition.properties)),
  ])('describes %s', (key) => {
    expect(documentation).toMatch(new RegExp(`\`([a-z.*]+\\.)?${key.replace('$', '\\$')}\``, 'i'));
  });
});

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
