/**
 * Bedrock's exceptions and the status that AWS sends with each. SDKs retry 429, 500 and 503, and no other status here.
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
  /** For the log: the path and the broken rule, without values of the request. */
  brokenRule?: string;
}

/** A Bedrock error. The client sees everything in it except `cause` and `brokenRule`. */
export class BedrockException extends Error {
  override readonly name: BedrockExceptionName;
  readonly status: number;
  readonly fields: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly brokenRule?: string;

  constructor(name: BedrockExceptionName, message: string, options: BedrockExceptionOptions = {}) {
    // the message may quote the client's text, and a lone surrogate cannot be written as UTF-8
    super(message.toWellFormed(), { cause: options.cause });
    this.name = name;
    this.status = STATUS[name];
    this.fields = options.fields ?? {};
    this.headers = options.headers ?? {};
    this.brokenRule = options.brokenRule;
  }
}

/**
 * The request is invalid: 400, not retried. The message names the JSON path and the broken rule, and is logged. When the
 * message repeats a value of the request, pass a `brokenRule` without that value, which is logged instead.
 */
export class ValidationException extends BedrockException {
  /** The JSON path in the request, as the message spells it. */
  readonly path?: string;

  constructor(
    message: string,
    { cause, brokenRule = message, path }: { cause?: unknown; brokenRule?: string; path?: string } = {},
  ) {
    super('ValidationException', message, { cause, brokenRule });
    this.path = path;
  }
}

/** The body is larger than the proxy reads. Bedrock has no status of its own for it, other APIs have 413. */
export class RequestTooLargeException extends ValidationException {}
