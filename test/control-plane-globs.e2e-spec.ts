import {
  BedrockClient,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock';
import { GuardedService, TEAM_A } from './support/guarded-service.js';

const route = [{ upstream: 'local', model: 'Qwen/Qwen3-8B' }];

it('A table of globs lists the known ids that it sends to models of its own, by what they are for', async () => {
  await using service = await GuardedService.start({
    models: [
      { match: '*claude-opus-4-1*', route },
      { match: '*amazon.titan-embed-text-v2*', route: [{ upstream: 'local', model: 'nomic-embed-text' }] },
      { match: '*', route },
    ],
  });
  const client = new BedrockClient({ endpoint: service.url, region: 'eu-west-1', credentials: TEAM_A });
  const { modelSummaries } = await client.send(new ListFoundationModelsCommand());
  expect(modelSummaries?.map(({ modelId, outputModalities }) => [modelId, outputModalities])).toEqual([
    ['anthropic.claude-opus-4-1-20250805-v1:0', ['TEXT']],
    ['amazon.titan-embed-text-v2:0', ['EMBEDDING']],
    ['Qwen/Qwen3-8B', ['TEXT']],
  ]);
  const { inferenceProfileSummaries } = await client.send(new ListInferenceProfilesCommand());
  expect(inferenceProfileSummaries?.map(({ inferenceProfileId }) => inferenceProfileId)).toEqual([
    'us.anthropic.claude-opus-4-1-20250805-v1:0',
  ]);
  client.destroy();
});
