/** What a server's word for the end of an answer comes to. */
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
 * The words of OpenAI and of those who say more than OpenAI does: Mistral, Anthropic, Gemini and Vertex AI, DeepSeek,
 * Z.ai, MiniMax, Cohere, watsonx, vLLM, SGLang, and gateways that pass their words on. Each is written as
 * `normalized` leaves it.
 */
const CATEGORIES: ReadonlyMap<string, FinishCategory> = new Map(
  Object.entries({
    stop: 'stop stopped eos eostoken endturn complete completed',
    stopSequence: 'stopsequence',
    // vLLM ends an answer that repeats itself, and watsonx one that takes too long: both are cut as by a limit
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
    // an assertion at a boundary: Object.entries forgets the names of the keys
    words.split(' ').map((word): [string, FinishCategory] => [word, category as FinishCategory]),
  ),
);

/** Parts of words that are not listed: `network_error`, `UPSTREAM_TIMEOUT`, `output_content_filter`. */
const PARTS: readonly (readonly [RegExp, FinishCategory])[] = [
  [/contextwindow|contextlength/, 'contextWindow'],
  [/contentfilter|sensitive|prohibited|safety/, 'filter'],
  [/error$|failure$|failed$|timeout$|exception$|aborted$/, 'failure'],
];

/** The name of the enum stands before the word in some answers: `FINISH_REASON_SAFETY`, `FinishReason.STOP`. */
const ENUM_NAME = /^(?:finish|stop)(?:ed)?reason(?=.)/;

/** Endings that say why an answer ended. */
const SPECIFIC: ReadonlySet<FinishCategory> = new Set<FinishCategory>([
  'filter',
  'contextWindow',
  'malformedToolCall',
  'malformedOutput',
  'stopSequence',
]);
/** Endings that gateways report in the place of a specific one. */
const VAGUE: ReadonlySet<FinishCategory> = new Set<FinishCategory>(['stop', 'limit', 'failure']);

/** The words of an answer for its end. */
export interface FinishReasons {
  readonly finish_reason?: unknown;
  /** OpenRouter: what the model's own provider said. */
  readonly native_finish_reason?: unknown;
}

/** How an answer ended. Case and separators do not matter. */
export function finishCategory({ finish_reason, native_finish_reason }: FinishReasons): FinishCategory {
  const category = categoryOf(finish_reason);
  if (native_finish_reason == null || !VAGUE.has(category)) return category;
  const native = categoryOf(native_finish_reason);
  return SPECIFIC.has(native) ? native : category;
}

/**
 * The vocabulary is open. A word that nobody knows (`load`, `OTHER`, `UNSPECIFIED`), and no word at all, is an
 * ordinary end: the answer stands, and a client that reads `end_turn` loses nothing of it.
 */
function categoryOf(word: unknown): FinishCategory {
  if (typeof word !== 'string') return 'stop';
  const plain = normalized(word);
  return CATEGORIES.get(plain) ?? PARTS.find(([part]) => part.test(plain))?.[1] ?? 'stop';
}

function normalized(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(ENUM_NAME, '');
}
