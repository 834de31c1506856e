/** A wrapped error repeats itself inside, and tells its internals after: the beginning is enough. */
const MAX_READ = 8_000;
const MAX_LAYERS = 8;

/** As in `litellm.BadRequestError: OpenAIException - `: the names of exception classes. */
const EXCEPTION =
  '(?:\\w{1,40}\\.){0,3}(?:\\w{1,60}(?:Error|Exception)|Timeout)(?: \\w{1,60}(?:Error|Exception))?(?::| -)\\s+';

/** What gateways put before an error that they pass on: exceptions, a route, the words of OpenAI's client and of OpenRouter. */
const PREFIX = new RegExp(
  `^\\s*(?:${EXCEPTION}|/[\\w/]{1,40}:\\s+|Error code: \\d{3} - |Provider returned error: (?=\\{)){1,8}`,
);

/** What LiteLLM adds after the error: how it is configured, and what else it has tried. */
const INTERNALS =
  /(?:\. (?=Received)|\s+|^)(?:model=\S{1,200}\s+context_window_fallbacks=|Received Model Group=|Available Model Group Fallbacks=|No fallback model group found|Set '\w{1,60}' - |LiteLLM Retried:|Error doing the fallback:)[\s\S]*$/;

/** An object that is itself printed as a text or as bytes of Python. */
const QUOTED_OBJECT = /^\s*b?(['"])(?=\{)/;

/** The member of an error object that holds its words, in JSON or as Python prints it, down to the quote before them. */
const WORDS = [/(['"])message\1\s*:\s*(['"])/, /(['"])(?:detail|error|msg)\1\s*:\s*(['"])/] as const;

const ESCAPE = /\\(u[0-9a-f]{4}|[\s\S])/gi;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** An error's text as gateways pass it on → the words of the server behind them, without the gateways' internals. */
export function innermostText(text: string): string {
  let inner = text.slice(0, MAX_READ);
  for (let layers = 0; layers < MAX_LAYERS; layers += 1) {
    const below = unwrap(inner);
    if (below === inner) break;
    inner = below;
  }
  return inner.replace(INTERNALS, '').trim();
}

function unwrap(text: string): string {
  const bare = text.replace(PREFIX, '');
  const [start, quote] = QUOTED_OBJECT.exec(bare) ?? [];
  if (start !== undefined && quote !== undefined) return quotedText(bare.slice(start.length), quote);
  return bare.trimStart().startsWith('{') ? (wordsOf(bare) ?? bare) : bare;
}

function wordsOf(object: string): string | undefined {
  for (const member of WORDS) {
    const found = member.exec(object);
    const quote = found?.[2];
    if (found != null && quote !== undefined) {
      return quotedText(object.slice(found.index + found[0].length), quote);
    }
  }
  return undefined;
}

/** A text up to the quote that ends it, or to where it was cut off, with its escapes undone. */
function quotedText(text: string, quote: string): string {
  const [content = ''] = new RegExp(`^(?:\\\\[\\s\\S]|[^\\\\${quote}])*`).exec(text) ?? [];
  return content.replace(ESCAPE, (_, escape: string) =>
    escape.length === 1
      ? (ESCAPED[escape] ?? escape)
      : String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
  );
}
