import type { ErrorFormat } from '../bedrock/error-format.js';
import { ANTHROPIC_ERRORS } from './anthropic-messages/anthropic-errors.js';
import { OPENAI_ERRORS } from './chat-completions/openai-errors.js';
import { AGENT_RUNTIME_ERRORS } from './rerank/agent-runtime-errors.js';

/** The errors of the APIs that are offered beside Bedrock's. */
export const ERROR_FORMATS: readonly ErrorFormat[] = [ANTHROPIC_ERRORS, OPENAI_ERRORS, AGENT_RUNTIME_ERRORS];
