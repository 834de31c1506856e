import type { BedrockException } from './bedrock.exception.js';

/** An error as it is sent. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** The errors of one API. */
export interface ErrorFormat {
  /** Whether clients of this API call the path, which may have a query. */
  matches(this: void, path: string): boolean;
  toAnswer(this: void, exception: BedrockException): ErrorAnswer;
}

/**
 * `{"message"}`, with the exception's name in a header.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
export const BEDROCK_ERRORS: ErrorFormat = {
  matches: () => true,
  toAnswer: ({ status, headers, message, fields }) => ({ status, headers, body: { message, ...fields } }),
};
