import {
  ApplyGuardrailCommand,
  type ApplyGuardrailCommandInput,
  type BedrockRuntimeClient,
} from '@aws-sdk/client-bedrock-runtime';

export type ApplyInput = Partial<ApplyGuardrailCommandInput> & { readonly text?: string };

/** The answer of the guardrail `abc123` to one text, unless the input says otherwise. */
export async function applyGuardrail(client: BedrockRuntimeClient, { text = '', ...input }: ApplyInput) {
  const { $metadata: _, ...answer } = await client.send(
    new ApplyGuardrailCommand({
      guardrailIdentifier: 'abc123',
      guardrailVersion: 'DRAFT',
      source: 'INPUT',
      content: [{ text: { text } }],
      ...input,
    }),
  );
  return answer;
}
