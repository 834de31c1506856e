import { isWithoutWords } from '../openai/error-body.js';
import type { UpstreamError } from '../openai/upstream.error.js';
import { sanitizeUpstreamText } from './sanitize-upstream-text.js';
import { innermostText } from './wrapped-text.js';

/** What the upstream said, as far as it is for a client: unwrapped, redacted, and empty where it said nothing readable. */
export function upstreamWords(error: UpstreamError): string {
  return isWithoutWords(error) ? '' : sanitizeUpstreamText(innermostText(error.message));
}
