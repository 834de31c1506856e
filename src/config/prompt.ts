import type { TemplateText } from './prompt-template.js';

/** The version of a prompt that is not numbered. */
export const DRAFT = 'DRAFT';

interface PromptCachePoint {
  readonly cachePoint: { readonly type: 'default'; readonly ttl?: '5m' | '1h' };
}

/** A block of a message or of the system prompt. */
export type PromptBlock<Text = string> = { readonly text: Text } | PromptCachePoint;

export interface PromptMessage<Text = string> {
  readonly role: 'user' | 'assistant';
  readonly content: readonly PromptBlock<Text>[];
}

interface PromptTool {
  readonly toolSpec: {
    readonly name: string;
    readonly description?: string;
    readonly inputSchema: { readonly json: Readonly<Record<string, unknown>> };
    readonly strict?: boolean;
  };
}

export interface PromptToolConfiguration {
  readonly tools: readonly (PromptTool | PromptCachePoint)[];
  readonly toolChoice?:
    { readonly auto: object } | { readonly any: object } | { readonly tool: { readonly name: string } };
}

interface InputVariable {
  readonly name: string;
}

interface TextTemplate extends Partial<PromptCachePoint> {
  readonly text: string;
  readonly inputVariables: readonly InputVariable[];
}

interface ChatTemplate {
  readonly messages: readonly PromptMessage[];
  readonly system?: readonly PromptBlock[];
  readonly toolConfiguration?: PromptToolConfiguration;
  readonly inputVariables: readonly InputVariable[];
}

interface PromptInference {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
}

/** As GetPrompt tells it. */
export interface PromptVariant {
  readonly name: string;
  readonly templateType: 'TEXT' | 'CHAT';
  readonly templateConfiguration: { readonly text: TextTemplate } | { readonly chat: ChatTemplate };
  readonly modelId: string;
  readonly inferenceConfiguration?: { readonly text: PromptInference };
  readonly additionalModelRequestFields?: Readonly<Record<string, unknown>>;
  readonly metadata?: readonly { readonly key: string; readonly value: string }[];
}

/** What a prompt sends, with places for its variables. */
export interface PromptTemplate {
  readonly system: readonly PromptBlock<TemplateText>[];
  readonly messages: readonly PromptMessage<TemplateText>[];
  readonly toolConfiguration?: PromptToolConfiguration;
  /** Names that stand in the texts: each needs a value. */
  readonly variables: readonly string[];
  /** Names of which requests may give values: those, and any other that the prompt declares. */
  readonly inputVariables: readonly string[];
}

/** One version of a prompt. */
export interface PromptSettings {
  /** Ten letters and digits. */
  readonly id: string;
  /** `DRAFT` or a number. */
  readonly version: string;
  readonly name: string;
  readonly description?: string;
  /** Of the prompt itself, without a version. Absent: the proxy makes one. */
  readonly arn?: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly variant: PromptVariant;
  readonly template: PromptTemplate;
}
