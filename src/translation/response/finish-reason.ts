/** The kinds of finish reasons that the translation tells apart. */
export type FinishCategory =
  | 'stop'
  | 'stopSequence'
  | 'limit'
  | 'contextWindow'
  | 'filter'
  | 'toolCalls'
  | 'malformedToolCall'
  | 'malformedOutput'
  | 'failure';

/**
 * Finish reasons of OpenAI, Mistral, Anthropic, Gemini and Vertex AI, DeepSeek, Z.ai, MiniMax, Cohere, watsonx, vLLM and
 * SGLang, which gateways pass on. All are in the form that `normalized` produces.
 */
const CATEGORIES: ReadonlyMap<string, FinishCategory> = new Map(
  Object.entries({
    stop: 'stop stopped eos eostoken endturn complete completed',
    stopSequence: 'stopsequence',
    // vLLM stops an answer that repeats itself (repetition), watsonx one that takes too long (timelimit)
    limit:
      'length modellength maxlength maxtokens maxoutputtokens maxnewtokens tokenlimit timelimit repetition',
    contextWindow:
      'modelcontextwindowexceeded contextwindowexceeded contextlengthexceeded exceededcontextwindow ' +
      'exceededcontextlength contextwindow contextlength contextlimit maxcontextlength errorlimit',
    filter:
      'contentfilter contentfiltered contentpolicy contentpolicyviolation policyviolation safety refusal refused ' +
      'sensitive inputsensitive outputsensitive recitation blocklist blocked prohibitedcontent spii pii language ' +
      'imagesafety imageprohibitedcontent imagerecitation modelarmor jailbreak copyright moderation flagged toxic ' +
      'errortoxic guardrail guardrails guardrailintervened',
    toolCalls: 'toolcalls toolcall tooluse functioncall functioncalls',
    malformedToolCall:
      'malformedfunctioncall malformedtoolcall malformedtooluse invalidtoolcall unexpectedtoolcall',
    malformedOutput: 'malformedresponse malformedoutput malformedmodeloutput',
    failure:
      'error abort aborted cancelled canceled interrupted failed failure exception timeout timedout overloaded ' +
      'insufficientsystemresource toomanytoolcalls missingthoughtsignature',
  } satisfies Record<FinishCategory, string>).flatMap(([category, words]) =>
    // the assertion is safe: Object.entries only loses the type of the keys
    words.split(' ').map((word): [string, FinishCategory] => [word, category as FinishCategory]),
  ),
);

/** Patterns for reasons that are not listed, such as `network_error`, `UPSTREAM_TIMEOUT`, `output_content_filter`. */
const PATTERNS: readonly (readonly [RegExp, FinishCategory])[] = [
  [/contextwindow|contextlength/, 'contextWindow'],
  [/contentfilter|sensitive|prohibited|safety/, 'filter'],
  [/error$|failure$|failed$|timeout$|exception$|aborted$/, 'failure'],
];

/** Some servers put the name of the enum before the reason: `FINISH_REASON_SAFETY`, `FinishReason.STOP`. */
const ENUM_NAME = /^(?:finish|stop)(?:ed)?reason(?=.)/;

/** Categories that a provider's native reason may report more exactly than the gateway's reason. */
const SPECIFIC: ReadonlySet<FinishCategory> = new Set<FinishCategory>([
  'filter',
  'contextWindow',
  'malformedToolCall',
  'malformedOutput',
  'stopSequence',
]);
/** Categories that gateways report in place of a specific one. */
const VAGUE: ReadonlySet<FinishCategory> = new Set<FinishCategory>(['stop', 'limit', 'failure']);

/** The finish reasons of a choice. */
export interface FinishReasons {
  readonly finish_reason?: unknown;
  /** OpenRouter: the reason of the model's own provider. */
  readonly native_finish_reason?: unknown;
}

/** Finish reasons → their category. Case and separators do not matter. */
export function finishCategory({ finish_reason, native_finish_reason }: FinishReasons): FinishCategory {
  const category = categoryOf(finish_reason);
  if (native_finish_reason == null || !VAGUE.has(category)) return category;
  const native = categoryOf(native_finish_reason);
  return SPECIFIC.has(native) ? native : category;
}

/**
 * Unknown (`load`, `OTHER`, `UNSPECIFIED`) and missing finish reasons count as `stop`: the answer is complete, and
 * clients that read `end_turn` keep all of it.
 */
function categoryOf(reason: unknown): FinishCategory {
  if (typeof reason !== 'string') return 'stop';
  const plain = normalized(reason);
  return CATEGORIES.get(plain) ?? PATTERNS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'stop';
}

function normalized(reason: string): string {
  return reason
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(ENUM_NAME, '');
}
