import type { MetadataEvent } from '../../bedrock/converse/converse-stream-event.js';
import type { ContentFilterFinding } from '../../bedrock/guardrails/guardrail-assessment.js';
import type { Verdict } from '../../guardrails/assess.js';
import { scoresToFilters } from '../../guardrails/moderation.js';
import { Tally } from '../../guardrails/tally.js';
import { type ReleasedText, TextWindow } from '../../guardrails/text-window.js';
import type { ConverseGuard } from './converse-guard.js';
import { placesOf, toRecord } from './guardrail-records.js';

/** Each moderation is a call, so it examines more than a sentence. */
const MODERATED_CHARACTERS = 1_000;
const NO_USAGE = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

/** What ends a stream whose text is blocked. */
interface BlockedEnding {
  readonly message: string;
  readonly metadata: MetadataEvent;
}

/** What has been examined of a block. */
interface ExaminedBlock {
  text: string;
  masked: string;
  readonly isGuarded: true;
  readonly tally: Tally;
}

/** Examines the text of one stream, block by block. */
export class OutputGuard {
  readonly isAsync: boolean;
  readonly #windows = new Map<number, TextWindow>();
  readonly #texts = new Map<number, ExaminedBlock>();
  readonly #filters = new Map<string, ContentFilterFinding>();
  readonly #pending: Promise<void>[] = [];
  #failure: { readonly error: unknown } | undefined;
  #isBlocked = false;
  #isMasked = false;
  #isUnfiltered = false;
  #examinedMs = 0;

  constructor(private readonly guard: ConverseGuard) {
    this.isAsync = guard.call.isAsync;
  }

  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  get isMasked(): boolean {
    return this.#isMasked;
  }

  /**
   * Examines a piece of text.
   * @returns the texts that can be sent now
   */
  async add(index: number, text: string): Promise<string[]> {
    const window = this.#windowOf(index);
    window.add(text);
    const released = await this.#release(index, window, false);
    if (this.isAsync) return this.#isBlocked ? [] : [text];
    return released;
  }

  /** The texts of a block that were held back until its end. */
  async end(index: number): Promise<string[]> {
    const window = this.#windows.get(index);
    if (window === undefined) return [];
    const released = await this.#release(index, window, true);
    return this.isAsync ? [] : released;
  }

  /**
   * Waits for what is still being examined.
   * @throws BedrockException when the content filters have failed
   */
  async isBlockedAtEnd(): Promise<boolean> {
    await Promise.all(this.#pending);
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#isBlocked;
  }

  withTrace(metadata: MetadataEvent): MetadataEvent {
    const { trace } = this.#finish();
    return trace === undefined ? metadata : { ...metadata, trace: { ...metadata.trace, ...trace } };
  }

  /** What follows blocked text. The upstream is not read to its end, so its usage is not known. */
  ending(): BlockedEnding {
    const latencyMs = this.guard.elapsedMs();
    return {
      message: this.guard.call.guardrail.policy.settings.blockedOutputsMessaging,
      metadata: { usage: NO_USAGE, metrics: { latencyMs }, ...this.#finish() },
    };
  }

  async #release(index: number, window: TextWindow, isEnd: boolean): Promise<string[]> {
    const texts: string[] = [];
    while (!this.#isBlocked) {
      const released = await window.release(isEnd);
      if (released === undefined) break;
      await this.#judge(index, released);
      if (this.#isBlocked) break;
      texts.push(released.masked);
    }
    return texts;
  }

  async #judge(index: number, released: ReleasedText): Promise<void> {
    const startedAt = performance.now();
    this.#remember(index, released);
    if (released.isBlocked) this.#isBlocked = true;
    else if (released.masked !== released.text) this.#isMasked = true;
    const moderated = this.#moderate(released.text);
    // a failure is told when the stream ends
    if (this.isAsync)
      this.#pending.push(moderated.catch((error: unknown) => void (this.#failure ??= { error })));
    else await moderated;
    this.#examinedMs += performance.now() - startedAt;
  }

  async #moderate(text: string): Promise<void> {
    const { guardrail, moderate } = this.guard.call;
    const { content } = guardrail.policy.settings;
    if (content === undefined || text.trim() === '') return;
    try {
      const scores = await moderate({ texts: [{ text, isGuarded: true }], images: [] }, content);
      for (const filter of scoresToFilters(scores, content, 'output')) this.#addFilter(filter);
    } catch (error) {
      if (content.onFailure === 'block') throw error;
      this.#isUnfiltered = true;
    }
  }

  #addFilter(filter: ContentFilterFinding): void {
    if (filter.action === 'BLOCKED') this.#isBlocked = true;
    if (filter.detected || !this.#filters.has(filter.type)) this.#filters.set(filter.type, filter);
  }

  #remember(index: number, { text, masked, findings }: ReleasedText): void {
    const known: ExaminedBlock = this.#texts.get(index) ?? {
      text: '',
      masked: '',
      isGuarded: true,
      tally: new Tally(),
    };
    const offset = known.text.length;
    known.text += text;
    known.masked += masked;
    for (const { rule, begin, end } of findings) {
      known.tally.add({ rule, begin: begin + offset, end: end + offset }, text.slice(begin, end));
    }
    this.#texts.set(index, known);
  }

  /** Records what was found, and makes the trace. */
  #finish(): Pick<MetadataEvent, 'trace'> {
    const { guardrail, context } = this.guard.call;
    const verdict = this.#verdict();
    context.exchange.recordGuardrail(toRecord(verdict, guardrail.policy.settings.id), () =>
      placesOf(verdict),
    );
    const latencyMs = Math.max(1, Math.round(this.#examinedMs));
    const trace = this.guard.traceOf({ verdict, latencyMs });
    return trace.guardrail === undefined ? {} : { trace };
  }

  #verdict(): Verdict {
    const decision = this.#isBlocked ? 'blocked' : this.#isMasked ? 'masked' : 'none';
    return {
      side: 'output',
      decision,
      texts: [...this.#texts.values()],
      filters: [...this.#filters.values()],
      images: 0,
      isUnfiltered: this.#isUnfiltered,
    };
  }

  #windowOf(index: number): TextWindow {
    const { policy } = this.guard.call.guardrail;
    const least = policy.settings.content === undefined ? 0 : MODERATED_CHARACTERS;
    const window = this.#windows.get(index) ?? new TextWindow(policy, least);
    this.#windows.set(index, window);
    return window;
  }
}
