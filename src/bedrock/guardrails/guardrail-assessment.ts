/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailAssessment.html */
export interface GuardrailAssessment {
  contentPolicy?: { filters: ContentFilterFinding[] };
  wordPolicy?: { customWords: CustomWordFinding[]; managedWordLists: ManagedWordFinding[] };
  sensitiveInformationPolicy?: { piiEntities: PiiFinding[]; regexes: RegexFinding[] };
  invocationMetrics?: GuardrailInvocationMetrics;
  appliedGuardrailDetails?: AppliedGuardrailDetails;
}

export type AssessedAction = 'ANONYMIZED' | 'BLOCKED' | 'NONE';
type Confidence = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH';

export interface ContentFilterFinding {
  type: 'INSULTS' | 'HATE' | 'SEXUAL' | 'VIOLENCE' | 'MISCONDUCT';
  confidence: Confidence;
  filterStrength: Confidence;
  action: 'BLOCKED' | 'NONE';
  detected: boolean;
}

interface CustomWordFinding {
  match: string;
  action: 'BLOCKED' | 'NONE';
  detected: boolean;
}

interface ManagedWordFinding extends CustomWordFinding {
  type: 'PROFANITY';
}

/** The types that this proxy recognises. */
export type GuardrailPiiType =
  | 'AWS_ACCESS_KEY'
  | 'CA_SOCIAL_INSURANCE_NUMBER'
  | 'CREDIT_DEBIT_CARD_NUMBER'
  | 'EMAIL'
  | 'INTERNATIONAL_BANK_ACCOUNT_NUMBER'
  | 'IP_ADDRESS'
  | 'MAC_ADDRESS'
  | 'PHONE'
  | 'SWIFT_CODE'
  | 'UK_NATIONAL_HEALTH_SERVICE_NUMBER'
  | 'UK_NATIONAL_INSURANCE_NUMBER'
  | 'URL'
  | 'US_BANK_ROUTING_NUMBER'
  | 'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER'
  | 'US_SOCIAL_SECURITY_NUMBER'
  | 'VEHICLE_IDENTIFICATION_NUMBER';

interface PiiFinding {
  match: string;
  type: GuardrailPiiType;
  action: AssessedAction;
  detected: boolean;
}

interface RegexFinding {
  name: string;
  match?: string;
  regex: string;
  action: AssessedAction;
  detected: boolean;
}

/** In milliseconds. */
interface GuardrailInvocationMetrics {
  guardrailProcessingLatency: number;
  usage: GuardrailUsage;
  guardrailCoverage: GuardrailCoverage;
}

/** One unit is up to 1,000 characters of a policy that examined them. */
export interface GuardrailUsage {
  topicPolicyUnits: number;
  contentPolicyUnits: number;
  wordPolicyUnits: number;
  sensitiveInformationPolicyUnits: number;
  sensitiveInformationPolicyFreeUnits: number;
  contextualGroundingPolicyUnits: number;
  contentPolicyImageUnits?: number;
}

export interface GuardrailCoverage {
  textCharacters: { guarded: number; total: number };
  images?: { guarded: number; total: number };
}

interface AppliedGuardrailDetails {
  guardrailId: string;
  guardrailVersion: string;
  guardrailArn: string;
  guardrailOrigin: 'REQUEST'[];
  guardrailOwnership: 'SELF';
}
