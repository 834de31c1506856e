/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailSummary.html */
export interface GuardrailSummary {
  id: string;
  arn: string;
  status: 'READY';
  name: string;
  description?: string;
  version: string;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
}

export interface ListGuardrailsResponse {
  guardrails: GuardrailSummary[];
  nextToken?: string;
}

type Strength = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH';
type Action = 'BLOCK' | 'ANONYMIZE' | 'NONE';

interface SideActions {
  action: Action;
  inputAction: Action;
  outputAction: Action;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html */
export interface GetGuardrailResponse {
  name: string;
  description?: string;
  guardrailId: string;
  guardrailArn: string;
  version: string;
  status: 'READY';
  contentPolicy?: {
    filters: { type: string; inputStrength: Strength; outputStrength: Strength }[];
  };
  wordPolicy?: {
    words: { text: string; inputAction: Action; outputAction: Action }[];
    managedWordLists: { type: 'PROFANITY'; inputAction: Action; outputAction: Action }[];
  };
  sensitiveInformationPolicy?: {
    piiEntities: ({ type: string } & SideActions)[];
    regexes: ({ name: string; pattern: string } & SideActions)[];
  };
  createdAt: string;
  updatedAt: string;
  blockedInputMessaging: string;
  blockedOutputsMessaging: string;
}
