import { STRUCTURE } from '../../../bedrock/validation/rule.js';

/** Converse tells these two only on request: `additionalModelResponseFieldPaths`. */
export const STOP_SEQUENCE_PATH = '/stop_sequence';
export const REASONING_TOKENS_PATH = '/usage/completion_tokens_details/reasoning_tokens';

type Fields = Readonly<Record<string, unknown>> | undefined;

/** The stop sequence that ended the text, if the upstream says which. */
export function stopSequenceOf(fields: Fields): string | null {
  const matched = fields?.stop_sequence;
  return typeof matched === 'string' ? matched : null;
}

/** The tokens of the answer that were spent on reasoning, if the upstream counts them. */
export function reasoningTokensOf(fields: Fields): number | undefined {
  const details = memberOf(memberOf(fields, 'usage'), 'completion_tokens_details');
  const tokens = memberOf(details, 'reasoning_tokens');
  return typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return STRUCTURE.accepts(value) ? value[name] : undefined;
}
