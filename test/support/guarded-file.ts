import type { RoutedFile } from './routed-service.js';

/** A guardrail with every policy that needs no server. */
export const GUARDRAIL = {
  id: 'abc123',
  name: 'team',
  description: 'For the team',
  versions: ['1', '2'],
  blockedInputMessaging: 'The question is not allowed.',
  blockedOutputsMessaging: 'The answer is not allowed.',
  words: ['forbidden', 'project x'],
  regexes: [
    { name: 'ticket', pattern: String.raw`\bT-\d{4}\b`, action: 'ANONYMIZE' },
    { name: 'seen', pattern: 'watched', action: 'NONE' },
  ],
  pii: [
    { type: 'EMAIL', action: 'ANONYMIZE' },
    { type: 'US_SOCIAL_SECURITY_NUMBER', action: 'BLOCK' },
    { type: 'URL', action: 'NONE' },
  ],
};

/** The headers that name its draft. */
export const GUARDRAIL_HEADERS = {
  'x-amzn-bedrock-guardrailidentifier': GUARDRAIL.id,
  'x-amzn-bedrock-guardrailversion': 'DRAFT',
};

/** A guardrail whose content filters are recognised by the upstream `moderation`. */
export const FILTERING = {
  id: 'filter1',
  blockedInputMessaging: 'No.',
  blockedOutputsMessaging: 'Not said.',
  content: {
    moderation: 'moderation',
    model: 'omni',
    filters: [
      { type: 'HATE' },
      { type: 'VIOLENCE', inputStrength: 'LOW', outputStrength: 'NONE' },
      { type: 'SEXUAL', action: 'NONE' },
    ],
  },
};

const LENIENT = { ...FILTERING, id: 'filter2', content: { ...FILTERING.content, onFailure: 'allow' } };

export const GUARDED_FILE: RoutedFile = {
  upstreams: { model: {}, moderation: {} },
  models: [{ match: '*', route: [{ upstream: 'model', model: 'm' }] }],
  guardrails: [GUARDRAIL, FILTERING, LENIENT],
};

/** The answer of a server for moderations; categories that are not named have the score 0. */
export function moderation(scores: Readonly<Record<string, number>>): object {
  const category_scores = { hate: 0, violence: 0, sexual: 0, ...scores };
  return { id: 'modr-1', model: 'omni', results: [{ flagged: true, categories: {}, category_scores }] };
}
