import type { RerankRequest } from '../../bedrock/rerank/rerank-request.js';
import type { RerankParams } from '../../openai/rerank/rerank-params.js';
import type { UpstreamTarget } from '../../openai/upstream-target.js';
import type { IgnoredMembers } from '../request/ignored-members.js';
import { forbiddenPath } from '../request/forbidden-fields.js';
import { shortened } from '../request/params-draft.js';
import { unsupported } from '../request/refuse.js';
import { isReservedField } from '../request/reserved-fields.js';

const OWN_FIELDS: ReadonlySet<string> = new Set(['query', 'documents', 'top_n', 'texts']);

/** A request → the body of the upstream request. `extraFields` that are the translation's own are reported. */
export function toRerankParams(
  request: RerankRequest,
  { model, dialect, extraBody }: UpstreamTarget,
  ignored: IgnoredMembers,
): RerankParams {
  const { query, documents, topN, maxTokens, extraFields, paths } = request;
  for (const [name, value] of Object.entries(extraFields))
    checkExtraField(name, value, paths.extraFields, ignored);
  if (maxTokens !== undefined && !dialect.truncatesInputs) ignored.parameter(paths.maxTokens);
  return {
    ...Object.fromEntries(Object.entries({ ...extraBody, ...extraFields }).filter(([name]) => !isOwn(name))),
    model,
    query,
    documents,
    ...(topN !== undefined && { top_n: Math.min(topN, documents.length) }),
    ...(maxTokens !== undefined && dialect.truncatesInputs && { truncate_prompt_tokens: maxTokens }),
  };
}

/** @throws ValidationException for a field that clients may not set */
function checkExtraField(name: string, value: unknown, parent: string, ignored: IgnoredMembers): void {
  const path = `${parent}.${shortened(name)}`;
  if (isOwn(name)) return ignored.hint(path);
  const forbidden = forbiddenPath({ name, path, value });
  if (forbidden !== undefined) throw unsupported(forbidden, 'this field is not open to clients.');
}

function isOwn(name: string): boolean {
  return OWN_FIELDS.has(name) || isReservedField(name);
}
