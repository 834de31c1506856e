import { CONTENT_FILTERS, PII_TYPES, PII_TYPES_WITHOUT_FORM } from '../guardrail.js';
import type { ConfigFileDto } from './config-file.dto.js';
import type { GuardrailDto } from './guardrail.dto.js';
import type { GuardrailContentDto } from './guardrail-rules.dto.js';

/** Errors in the guardrails that involve more than one key, or what can be recognised: one line each, with its path. */
export async function guardrailProblems({ guardrails, upstreams }: ConfigFileDto): Promise<string[]> {
  if (guardrails == null || guardrails.length === 0) return [];
  const ids = guardrails.map(({ id }) => id);
  const problems: string[] = [];
  for (const [index, guardrail] of guardrails.entries()) {
    const path = `guardrails.${index}`;
    const owner = ids.indexOf(guardrail.id);
    if (owner < index) problems.push(`${path}.id: is that of guardrails.${owner} too`);
    if (isEmpty(guardrail)) problems.push(`${path}: examines nothing`);
    problems.push(...piiProblems(guardrail, path), ...(await regexProblems(guardrail, path)));
    if (guardrail.content != null) problems.push(...contentProblems(guardrail.content, path, upstreams));
  }
  return problems;
}

function isEmpty({ words, wordsFile, profanityFile, regexes, pii, content }: GuardrailDto): boolean {
  const lists = [words, regexes, pii];
  return (
    wordsFile == null &&
    profanityFile == null &&
    content == null &&
    lists.every((list) => (list?.length ?? 0) === 0)
  );
}

function piiProblems({ pii = [] }: GuardrailDto, path: string): string[] {
  const types = pii.map(({ type }) => type);
  return types.flatMap((type, index) => {
    const problem = piiProblem(type, types.indexOf(type) < index);
    return problem === undefined ? [] : [`${path}.pii.${index}.type: ${problem}`];
  });
}

function piiProblem(type: string, isRepeated: boolean): string | undefined {
  if (isRepeated) return `${type} stands here twice`;
  if (PII_TYPES.some((known) => known === type)) return undefined;
  if (PII_TYPES_WITHOUT_FORM.some((known) => known === type)) {
    return `${type} has no form by which it can be recognised; it needs a recogniser, and the proxy has none`;
  }
  return `must be one of the following values: ${PII_TYPES.join(', ')}`;
}

/** RE2 is only loaded for guardrails that need it. */
async function regexProblems({ regexes = [] }: GuardrailDto, path: string): Promise<string[]> {
  if (regexes.length === 0) return [];
  const { RE2JS } = await import('re2js');
  const names = regexes.map(({ name }) => name);
  return regexes.flatMap(({ name, pattern }, index) => {
    const at = `${path}.regexes.${index}`;
    if (names.indexOf(name) < index) return [`${at}.name: stands here twice`];
    try {
      return RE2JS.compile(pattern).matches('') ? [`${at}.pattern: matches the empty text`] : [];
    } catch {
      return [
        `${at}.pattern: is no regular expression of RE2, which has no lookaround and no backreferences`,
      ];
    }
  });
}

function contentProblems(
  { moderation, filters, thresholds }: GuardrailContentDto,
  path: string,
  upstreams: ConfigFileDto['upstreams'],
): string[] {
  const problems: string[] = [];
  if (!upstreams.has(moderation)) {
    problems.push(`${path}.content.moderation: there is no upstream "${moderation}"`);
  }
  const types = filters.map(({ type }) => type);
  for (const [index, type] of types.entries()) {
    const problem = filterProblem(type, types.indexOf(type) < index);
    if (problem !== undefined) problems.push(`${path}.content.filters.${index}.type: ${problem}`);
  }
  const { low = 0.2, medium = 0.5, high = 0.8 } = thresholds ?? {};
  if (low > medium || medium > high)
    problems.push(`${path}.content.thresholds: must not fall from low to high`);
  return problems;
}

function filterProblem(type: string, isRepeated: boolean): string | undefined {
  if (isRepeated) return `${type} stands here twice`;
  if (CONTENT_FILTERS.some((known) => known === type)) return undefined;
  if (type === 'PROMPT_ATTACK') {
    return 'PROMPT_ATTACK needs a model that recognises it, which moderations are not';
  }
  return `must be one of the following values: ${CONTENT_FILTERS.join(', ')}`;
}
