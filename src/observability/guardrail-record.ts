/** What one guardrail found in the texts of one side. It holds nothing of the texts. */
export interface GuardrailRecord {
  readonly guardrail: string;
  readonly side: 'input' | 'output';
  readonly decision: 'none' | 'masked' | 'blocked';
  readonly findings: readonly GuardrailFindingRecord[];
  /** The server for the content filters has failed, and texts were let through. */
  readonly isUnfiltered?: true;
}

export interface GuardrailFindingRecord {
  readonly policy: 'word' | 'profanity' | 'regex' | 'pii' | 'content';
  /** Type of sensitive information or content, or name of the regular expression. */
  readonly type: string;
  readonly action: 'BLOCKED' | 'ANONYMIZED' | 'NONE';
  readonly count: number;
}

/** Where a finding stands: in which of the examined texts, and in which of its UTF-16 units. */
export interface GuardrailPlace {
  readonly policy: GuardrailFindingRecord['policy'];
  readonly type: string;
  readonly action: GuardrailFindingRecord['action'];
  /** Of the texts of its side that are examined, counted from 0. */
  readonly text: number;
  readonly begin: number;
  readonly end: number;
}
