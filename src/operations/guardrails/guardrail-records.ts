import type { GuardrailAction } from '../../config/guardrail.js';
import type { Verdict } from '../../guardrails/assess.js';
import type { GuardrailRule } from '../../guardrails/recogniser.js';
import type {
  GuardrailFindingRecord,
  GuardrailPlace,
  GuardrailRecord,
} from '../../observability/guardrail-record.js';

const RECORDED: Readonly<Record<GuardrailAction, GuardrailFindingRecord['action']>> = {
  BLOCK: 'BLOCKED',
  ANONYMIZE: 'ANONYMIZED',
  NONE: 'NONE',
};

/** A verdict → what may be logged about it. */
export function toRecord(
  { side, decision, texts, filters, isUnfiltered }: Verdict,
  guardrail: string,
): GuardrailRecord {
  const counts = new Map<GuardrailRule, number>();
  for (const { tally } of texts) {
    for (const [rule, { count }] of tally.rules) counts.set(rule, (counts.get(rule) ?? 0) + count);
  }
  const found = [...counts].map(([{ kind: policy, name: type, actions }, count]): GuardrailFindingRecord => ({
    policy,
    type,
    action: RECORDED[actions[side]],
    count,
  }));
  const filtered = filters
    .filter(({ detected }) => detected)
    .map(({ type, action }) => ({ policy: 'content' as const, type, action, count: 1 }));
  return {
    guardrail,
    side,
    decision,
    findings: [...found, ...filtered],
    ...(isUnfiltered && { isUnfiltered }),
  };
}

/** Where the first findings of each text stand. */
export function placesOf({ side, texts }: Verdict): GuardrailPlace[] {
  return texts.flatMap(({ tally }, text) =>
    tally.places.map(({ rule: { kind: policy, name: type, actions }, begin, end }) => ({
      policy,
      type,
      action: RECORDED[actions[side]],
      text,
      begin,
      end,
    })),
  );
}
