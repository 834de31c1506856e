import type { ChatCompletionAnswer, ChoiceAnswer, MessageAnswer } from './chat-completion.js';

/** What a model says piece by piece. */
const PIECES = ['content', 'reasoning_content', 'reasoning'] as const satisfies (keyof MessageAnswer)[];
/** Bare of quotes, so that it can be read nowhere but inside of a string. */
const PROBE = 'probe';
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A chunk, and where it holds its piece. */
interface Sample {
  readonly chunk: ChatCompletionAnswer;
  readonly choice: ChoiceAnswer;
  readonly delta: MessageAnswer;
  readonly name: (typeof PIECES)[number];
}

/**
 * The chunks of a stream differ in nothing but the piece of text that each brings. With one parsed, others that
 * are written the same around their piece are that chunk with another piece: what JSON.parse would give, for a
 * fraction of its time.
 */
export class ChunkTemplate {
  private constructor(
    private readonly head: string,
    private readonly tail: string,
    private readonly sample: Sample,
  ) {}

  /** The JSON of a chunk, and what it was parsed to. Undefined where it is not plain which of its text is the piece. */
  static of(json: string, chunk: ChatCompletionAnswer): ChunkTemplate | undefined {
    const sample = toSample(chunk);
    if (sample === undefined) return undefined;
    const { delta, name } = sample;
    const quoted = JSON.stringify(delta[name]);
    const start = json.indexOf(quoted);
    if (start === -1 || start !== json.lastIndexOf(quoted)) return undefined;
    const head = json.slice(0, start + 1);
    const tail = json.slice(start + quoted.length - 1);
    if (pieceOf(head + PROBE + tail, name) !== PROBE) return undefined;
    return new ChunkTemplate(detached(head), detached(tail), sample);
  }

  /** The chunk of this JSON; undefined where it differs in more than its piece, or is not JSON. */
  read(json: string): ChatCompletionAnswer | undefined {
    const { head, tail } = this;
    const end = json.length - tail.length;
    if (end < head.length || json.slice(0, head.length) !== head || !json.endsWith(tail)) return undefined;
    const piece = unescaped(json.slice(head.length, end));
    return piece === undefined ? undefined : this.with(piece);
  }

  private with(piece: string): ChatCompletionAnswer {
    const { chunk, choice, delta, name } = this.sample;
    return { ...chunk, choices: [{ ...choice, delta: { ...delta, [name]: piece } }] };
  }
}

function toSample(chunk: ChatCompletionAnswer): Sample | undefined {
  const choice = chunk.choices?.length === 1 ? chunk.choices[0] : undefined;
  const delta = choice?.delta;
  if (choice === undefined || delta == null) return undefined;
  const name = PIECES.find((one) => typeof delta[one] === 'string' && delta[one] !== '');
  return name && { chunk, choice, delta, name };
}

/** A part of a string keeps all of it alive: here, everything that was read with it. */
function detached(part: string): string {
  return Buffer.from(part).toString();
}

function pieceOf(json: string, name: Sample['name']): unknown {
  const chunk = parsed(json) as ChatCompletionAnswer | undefined;
  return chunk?.choices?.[0]?.delta?.[name];
}

/** What stands between the quotes of a JSON string → its characters. */
function unescaped(quoted: string): string | undefined {
  return standsForItself(quoted) ? quoted : (parsed(`"${quoted}"`) as string | undefined);
}

/** By hand: a regular expression takes several times as long for the few letters of a token. */
function standsForItself(quoted: string): boolean {
  for (let index = 0; index < quoted.length; index += 1) {
    const unit = quoted.charCodeAt(index);
    if (unit < SPACE || unit === QUOTE || unit === BACKSLASH) return false;
  }
  return true;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
