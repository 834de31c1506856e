/** A block of a message or of the system prompt. */
type PromptBlock =
  | { readonly text: string }
  | { readonly cachePoint: { readonly type: 'default'; readonly ttl?: '5m' | '1h' | undefined } };

interface PromptInputVariable {
  readonly name: string;
}

interface TextPromptTemplate {
  readonly text: string;
  readonly inputVariables: readonly PromptInputVariable[];
}

interface ChatPromptTemplate {
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: readonly PromptBlock[];
  }[];
  readonly system?: readonly PromptBlock[];
  readonly inputVariables: readonly PromptInputVariable[];
  readonly toolConfiguration?: object;
}

interface PromptVariant {
  readonly name: string;
  readonly templateType: 'TEXT' | 'CHAT';
  readonly templateConfiguration:
    { readonly text: TextPromptTemplate } | { readonly chat: ChatPromptTemplate };
  readonly modelId: string;
  readonly inferenceConfiguration?: { readonly text: object };
  readonly additionalModelRequestFields?: Readonly<Record<string, unknown>>;
  readonly metadata?: readonly { readonly key: string; readonly value: string }[];
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_PromptSummary.html */
export interface PromptSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  /** `DRAFT` or a number. */
  readonly version: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_ListPrompts.html */
export interface ListPromptsResponse {
  readonly promptSummaries: readonly PromptSummary[];
  readonly nextToken?: string;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_GetPrompt.html */
export interface GetPromptResponse extends PromptSummary {
  readonly defaultVariant: string;
  /** Left out when only metadata is asked for. */
  readonly variants?: readonly PromptVariant[];
}
