/** A finding. Offsets count code points of the text at `messages.<messageIndex>.content.<contentIndex>.text`. */
export interface SensitiveInformationResult {
  type: string;
  /** 0 to 1. */
  confidenceScore: number;
  beginOffset: number;
  endOffset: number;
  messageIndex: number;
  contentIndex: number;
}

export interface ContentFilterResult {
  category: string;
  /** 0 to 1. */
  severityScore: number;
}

/** One unit is up to 1,000 characters. */
interface CheckUsage {
  textUnits: number;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeGuardrailChecks.html */
export interface InvokeGuardrailChecksResponse {
  results: {
    contentFilter?: { results: ContentFilterResult[] };
    sensitiveInformation?: { results: SensitiveInformationResult[]; truncated: boolean };
  };
  usage: { contentFilter?: CheckUsage; sensitiveInformation?: CheckUsage };
}
