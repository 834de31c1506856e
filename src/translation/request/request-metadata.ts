import { namedMetadata, type RequestMetadata } from '../../bedrock/converse/request-metadata.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import { objectOf } from '../json-value.js';
import { shortened } from './params-draft.js';
import type { RequestContext } from './request-context.js';

/**
 * Request metadata → `metadata`, for the keys that the configuration forwards and the servers that take it. It joins the
 * `metadata` of the target's own fields. `store` is never set: only an operator may let a server keep answers.
 * @param path of the metadata in the request; keys without any effect are reported below it
 */
export function metadataToParams(
  metadata: RequestMetadata,
  path: string,
  { target, ignored }: Pick<RequestContext, 'target' | 'ignored'>,
): { metadata?: Record<string, string> } {
  const keys = Object.keys(metadata);
  const settings = target.requestMetadata;
  if (settings === undefined) {
    // an empty member requests nothing, so it is not reported
    if (keys.length > 0) ignored.parameter(path);
    return {};
  }
  const forwarded = takesMetadata(target) ? namedMetadata(metadata, settings.forward) : undefined;
  for (const key of keys) {
    const isRecorded = settings.log.includes(key) || settings.label.includes(key);
    const isForwarded = forwarded !== undefined && Object.hasOwn(forwarded, key);
    if (!isRecorded && !isForwarded) ignored.parameter(`${path}.${shortened(key)}`);
  }
  if (forwarded === undefined) return {};
  // what an operator adds is for the server to check
  const added = objectOf(target.extraBody['metadata']) as Record<string, string> | undefined;
  return { metadata: { ...added, ...forwarded } };
}

/** OpenAI refuses `metadata` of an answer that it does not store. */
function takesMetadata({ dialect, extraBody }: UpstreamTarget): boolean {
  if (dialect.metadata === 'stored') return extraBody['store'] === true;
  return dialect.metadata === 'any';
}
