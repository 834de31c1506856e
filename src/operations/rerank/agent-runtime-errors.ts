import type { BedrockException, BedrockExceptionName } from '../../bedrock/bedrock.exception.js';
import type { ErrorAnswer, ErrorFormat } from '../../bedrock/error-format.js';

interface AgentRuntimeError {
  readonly name: string;
  readonly status: number;
}

const DEPENDENCY_FAILED: AgentRuntimeError = { name: 'DependencyFailedException', status: 424 };

/**
 * The runtime's exceptions that the agent runtime does not have → its own. Clients retry the same statuses as before.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_Rerank.html#API_agent-runtime_Rerank_Errors
 */
const ERRORS: Partial<Record<BedrockExceptionName, AgentRuntimeError>> = {
  ModelErrorException: DEPENDENCY_FAILED,
  ModelTimeoutException: DEPENDENCY_FAILED,
  ModelNotReadyException: { name: 'ThrottlingException', status: 429 },
  ServiceUnavailableException: { name: 'InternalServerException', status: 500 },
};

/** The errors of the agent runtime: of Rerank, which is all that is offered of it. */
export const AGENT_RUNTIME_ERRORS: ErrorFormat = {
  matches: (path) => /^\/rerank(?:[/?]|$)/.test(path),
  toAnswer: (exception: BedrockException): ErrorAnswer => {
    const { message, headers } = exception;
    const { name, status } = ERRORS[exception.name] ?? exception;
    return { status, headers: { ...headers, 'x-amzn-errortype': name }, body: { message } };
  },
};
