/**
 * Every exception that Bedrock's clients know, with the status AWS sends it with. The status decides whether
 * an SDK retries: 429, 500 and 503 do, the rest do not.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
 */
const STATUS = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 400,
  InternalServerException: 500,
  InvalidSignatureException: 403,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
} as const;

export type BedrockExceptionName = keyof typeof STATUS;

export interface BedrockExceptionOptions {
  cause?: unknown;
  /** Body members beside `message`, such as `originalStatusCode`. */
  fields?: Record<string, unknown>;
  /** Response headers, such as `retry-after`. */
  headers?: Record<string, string>;
  /** For the log: which rule was broken where, without a value of the request. */
  brokenRule?: string;
}

/** An error in the words of Bedrock: what the client reads, and nothing else (causes stay in the process). */
export class BedrockException extends Error {
  override readonly name: BedrockExceptionName;
  readonly status: number;
  readonly fields: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly brokenRule?: string;

  constructor(name: BedrockExceptionName, message: string, options: BedrockExceptionOptions = {}) {
    // it may quote the client's own text, and half a surrogate pair cannot be written as UTF-8
    super(message.toWellFormed(), { cause: options.cause });
    this.name = name;
    this.status = STATUS[name];
    this.fields = options.fields ?? {};
    this.headers = options.headers ?? {};
    this.brokenRule = options.brokenRule;
  }
}

/**
 * The request is wrong and will stay wrong: 400, not retried. The message names the JSON path at fault and the rule,
 * and goes into the log; where it repeats a value of the request, `brokenRule` says the same without.
 */
export class ValidationException extends BedrockException {
  constructor(
    message: string,
    { cause, brokenRule = message }: { cause?: unknown; brokenRule?: string } = {},
  ) {
    super('ValidationException', message, { cause, brokenRule });
  }
}
