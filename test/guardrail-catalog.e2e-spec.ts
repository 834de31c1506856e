import { BedrockClient, GetGuardrailCommand, ListGuardrailsCommand } from '@aws-sdk/client-bedrock';
import { FILTERING, GUARDRAIL } from './support/guarded-file.js';
import { guardedSuite } from './support/guarded-suite.js';

const ARN = 'arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123';

const suite = guardedSuite();

describe('The control plane', () => {
  it('lists and shows the guardrails', async () => {
    const control = new BedrockClient({
      endpoint: suite.service.proxy.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const { guardrails } = await control.send(new ListGuardrailsCommand({}));
    expect(guardrails?.map(({ id, name, version }) => [id, name, version])).toEqual([
      ['abc123', 'team', 'DRAFT'],
      ['filter1', 'filter1', 'DRAFT'],
      ['filter2', 'filter2', 'DRAFT'],
    ]);
    const versions = await control.send(
      new ListGuardrailsCommand({ guardrailIdentifier: 'abc123', maxResults: 2 }),
    );
    expect(versions.guardrails?.map(({ version }) => version)).toEqual(['1', '2']);
    expect(versions.nextToken).toBeDefined();

    const { $metadata: _, ...shown } = await control.send(
      new GetGuardrailCommand({ guardrailIdentifier: ARN, guardrailVersion: '1' }),
    );
    expect(shown).toMatchObject({
      name: 'team',
      description: 'For the team',
      guardrailId: 'abc123',
      version: '1',
      status: 'READY',
      createdAt: expect.any(Date) as Date,
      wordPolicy: { words: [{ text: 'forbidden' }, { text: 'project x' }] },
      sensitiveInformationPolicy: {
        piiEntities: [
          { type: 'EMAIL', action: 'ANONYMIZE' },
          { type: 'US_SOCIAL_SECURITY_NUMBER', action: 'BLOCK' },
          { type: 'URL', action: 'NONE' },
        ],
        regexes: [{ name: 'ticket', action: 'ANONYMIZE' }, { name: 'seen' }],
      },
      blockedInputMessaging: GUARDRAIL.blockedInputMessaging,
      blockedOutputsMessaging: GUARDRAIL.blockedOutputsMessaging,
    });
    const filters = await control.send(new GetGuardrailCommand({ guardrailIdentifier: FILTERING.id }));
    expect(filters.contentPolicy?.filters).toEqual([
      { type: 'HATE', inputStrength: 'HIGH', outputStrength: 'HIGH' },
      { type: 'VIOLENCE', inputStrength: 'LOW', outputStrength: 'NONE' },
      { type: 'SEXUAL', inputStrength: 'HIGH', outputStrength: 'HIGH' },
    ]);
    for (const input of [
      { guardrailIdentifier: 'xyz' },
      { guardrailIdentifier: 'abc123', guardrailVersion: '3' },
    ]) {
      await expect(control.send(new GetGuardrailCommand(input))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }
    control.destroy();
  });
});
