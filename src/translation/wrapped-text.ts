/** Limit of the text that is read: gateways repeat an error and append their internals, so the start is enough. */
const MAX_READ = 8_000;
const MAX_LAYERS = 8;

/** Names of exception classes, as in `litellm.BadRequestError: OpenAIException - `. */
const EXCEPTION =
  '(?:\\w{1,40}\\.){0,3}(?:\\w{1,60}(?:Error|Exception)|Timeout)(?: \\w{1,60}(?:Error|Exception))?(?::| -)\\s+';

/** What gateways put before an error that they pass on: exception names, a route, prefixes of OpenAI's client and OpenRouter. */
const PREFIX = new RegExp(
  `^\\s*(?:${EXCEPTION}|/[\\w/]{1,40}:\\s+|Error code: \\d{3} - |Provider returned error: (?=\\{)){1,8}`,
);

/** What LiteLLM appends to an error: its configuration and the fallbacks that it tried. */
const INTERNALS =
  /(?:\. (?=Received)|\s+|^)(?:model=\S{1,200}\s+context_window_fallbacks=|Received Model Group=|Available Model Group Fallbacks=|No fallback model group found|Set '\w{1,60}' - |LiteLLM Retried:|Error doing the fallback:)[\s\S]*$/;

/** An object printed as a Python string or bytes literal. */
const QUOTED_OBJECT = /^\s*b?(['"])(?=\{)/;

/** The member of an error object that holds the message, in JSON or Python notation, up to the opening quote. */
const MESSAGE_MEMBERS = [
  /(['"])message\1\s*:\s*(['"])/,
  /(['"])(?:detail|error|msg)\1\s*:\s*(['"])/,
] as const;

const ESCAPE = /\\(u[0-9a-f]{4}|[\s\S])/gi;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** An error text as gateways pass it on → the message of the server behind them, without the gateways' internals. */
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
  return bare.trimStart().startsWith('{') ? (messageMemberOf(bare) ?? bare) : bare;
}

function messageMemberOf(object: string): string | undefined {
  for (const member of MESSAGE_MEMBERS) {
    const found = member.exec(object);
    const quote = found?.[2];
    if (found != null && quote !== undefined) {
      return quotedText(object.slice(found.index + found[0].length), quote);
    }
  }
  return undefined;
}

/** The text up to its closing quote, or to its end when it was cut, with escapes resolved. */
function quotedText(text: string, quote: string): string {
  const [content = ''] = new RegExp(`^(?:\\\\[\\s\\S]|[^\\\\${quote}])*`).exec(text) ?? [];
  return content.replace(ESCAPE, (_, escape: string) =>
    escape.length === 1
      ? (ESCAPED[escape] ?? escape)
      : String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
  );
}
