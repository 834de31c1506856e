import { PII_TYPES, type GuardrailSettings, type PiiType, type WordRules } from '../config/guardrail.js';
import type { Form, GuardrailRule, Recogniser } from './recogniser.js';

/** A guardrail, ready to examine texts. */
export interface GuardrailPolicy {
  readonly settings: GuardrailSettings;
  readonly recognisers: readonly Recogniser[];
}

/**
 * Settings → policy. What recognises a kind of finding is only loaded for guardrails that look for it.
 * @throws the error of RE2 for a regular expression that it does not accept
 */
export async function compilePolicy(settings: GuardrailSettings): Promise<GuardrailPolicy> {
  const { words, profanity } = settings;
  const lists: [GuardrailRule['kind'], WordRules | undefined][] = [
    ['word', words],
    ['profanity', profanity],
  ];
  const recognisers: Recogniser[] = [];
  for (const [kind, list] of lists) {
    if (list === undefined) continue;
    const { wordsForm } = await import('./words.js');
    recognisers.push({ ...wordsForm(list.words), rule: { kind, name: kind, actions: list.actions } });
  }
  return { settings, recognisers: [...recognisers, ...(await patterns(settings))] };
}

async function patterns(settings: GuardrailSettings): Promise<Recogniser[]> {
  const recognisers: Recogniser[] = [];
  for (const { name, pattern, actions } of settings.regexes) {
    const { regexForm } = await import('./regexes.js');
    recognisers.push({ ...regexForm(pattern), rule: { kind: 'regex', name, actions, pattern } });
  }
  for (const { type, actions } of settings.pii) {
    recognisers.push(toRecogniser(type, await piiForm(type, settings.phoneRegion), actions));
  }
  return recognisers;
}

/** Recognisers of types of sensitive information alone, which only report. */
export async function piiRecognisers(
  types: readonly PiiType[],
  phoneRegion: string | undefined,
): Promise<Recogniser[]> {
  const recognisers: Recogniser[] = [];
  for (const type of types) {
    recognisers.push(toRecogniser(type, await piiForm(type, phoneRegion), { input: 'NONE', output: 'NONE' }));
  }
  return recognisers;
}

export function isPiiType(type: string): type is PiiType {
  return PII_TYPES.some((known) => known === type);
}

function toRecogniser(type: PiiType, form: Form, actions: GuardrailRule['actions']): Recogniser {
  return { ...form, rule: { kind: 'pii', name: type, actions } };
}

async function piiForm(type: PiiType, phoneRegion: string | undefined): Promise<Form> {
  if (type !== 'PHONE') {
    const { PII_FORMS } = await import('./pii/pii-forms.js');
    return PII_FORMS[type];
  }
  const [{ isSupportedCountry, isValidPhoneNumber }, { phoneForm }] = await Promise.all([
    import('libphonenumber-js/min'),
    import('./pii/phone.js'),
  ]);
  const region = phoneRegion !== undefined && isSupportedCountry(phoneRegion) ? phoneRegion : undefined;
  return phoneForm(isValidPhoneNumber, region);
}
