/** What becomes of a finding: the text is blocked, the finding is masked, or it is only reported. */
export const GUARDRAIL_ACTIONS = ['BLOCK', 'ANONYMIZE', 'NONE'] as const;
export type GuardrailAction = (typeof GUARDRAIL_ACTIONS)[number];

/** Whether a text comes from the client or from the model. */
export type GuardrailSide = 'input' | 'output';

/** The action for each side. */
export type SideActions = Readonly<Record<GuardrailSide, GuardrailAction>>;

/** Types of sensitive information that are recognised by their form. */
export const PII_TYPES = [
  'AWS_ACCESS_KEY',
  'CA_SOCIAL_INSURANCE_NUMBER',
  'CREDIT_DEBIT_CARD_NUMBER',
  'EMAIL',
  'INTERNATIONAL_BANK_ACCOUNT_NUMBER',
  'IP_ADDRESS',
  'MAC_ADDRESS',
  'PHONE',
  'SWIFT_CODE',
  'UK_NATIONAL_HEALTH_SERVICE_NUMBER',
  'UK_NATIONAL_INSURANCE_NUMBER',
  'URL',
  'US_BANK_ROUTING_NUMBER',
  'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER',
  'US_SOCIAL_SECURITY_NUMBER',
  'VEHICLE_IDENTIFICATION_NUMBER',
] as const;
export type PiiType = (typeof PII_TYPES)[number];

/** Bedrock's other types. Nothing in their form tells them from other words and numbers. */
export const PII_TYPES_WITHOUT_FORM = [
  'ADDRESS',
  'AGE',
  'AWS_SECRET_KEY',
  'CA_HEALTH_NUMBER',
  'CREDIT_DEBIT_CARD_CVV',
  'CREDIT_DEBIT_CARD_EXPIRY',
  'DRIVER_ID',
  'LICENSE_PLATE',
  'NAME',
  'PASSWORD',
  'PIN',
  'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER',
  'USERNAME',
  'US_BANK_ACCOUNT_NUMBER',
  'US_PASSPORT_NUMBER',
] as const;

/** Categories that an endpoint for moderations can tell. Bedrock's `PROMPT_ATTACK` is none of them. */
export const CONTENT_FILTERS = ['HATE', 'INSULTS', 'MISCONDUCT', 'SEXUAL', 'VIOLENCE'] as const;
export type ContentFilterType = (typeof CONTENT_FILTERS)[number];

export const FILTER_STRENGTHS = ['NONE', 'LOW', 'MEDIUM', 'HIGH'] as const;
/** Of a filter, how much it blocks; of a finding, how sure it is. */
export type FilterStrength = (typeof FILTER_STRENGTHS)[number];

/** Words and phrases that are found without regard to case. */
export interface WordRules {
  readonly words: readonly string[];
  readonly actions: SideActions;
}

interface RegexRule {
  readonly name: string;
  /** In the syntax of RE2. */
  readonly pattern: string;
  readonly actions: SideActions;
}

interface PiiRule {
  readonly type: PiiType;
  readonly actions: SideActions;
}

interface ContentFilterRule {
  readonly type: ContentFilterType;
  readonly strengths: Readonly<Record<GuardrailSide, FilterStrength>>;
  readonly actions: SideActions;
}

/** The lowest scores of `/moderations` for each confidence, 0 to 1. */
export type ConfidenceThresholds = Readonly<Record<'low' | 'medium' | 'high', number>>;

export interface ContentFilterSettings {
  /** Name of the upstream whose `/moderations` is called. */
  readonly moderation: string;
  readonly model?: string;
  readonly filters: readonly ContentFilterRule[];
  readonly thresholds: ConfidenceThresholds;
  /** What happens when the server fails. */
  readonly onFailure: 'block' | 'allow';
}

/** One guardrail of the configuration file. */
export interface GuardrailSettings {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Absent: every version exists. */
  readonly versions?: readonly string[];
  readonly blockedInputMessaging: string;
  readonly blockedOutputsMessaging: string;
  readonly words?: WordRules;
  /** The operator's list of profanities. */
  readonly profanity?: WordRules;
  readonly regexes: readonly RegexRule[];
  readonly pii: readonly PiiRule[];
  readonly content?: ContentFilterSettings;
  /** Region of telephone numbers that begin without a country code, such as `US`. */
  readonly phoneRegion?: string;
  /** Longest match of a regular expression, in UTF-16 units, that a stream waits for. */
  readonly maxMatchCharacters: number;
}
