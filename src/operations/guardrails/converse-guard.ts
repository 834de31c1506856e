import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { ConverseResponse, OutputContentBlock } from '../../bedrock/converse/converse-response.js';
import type { GuardrailConfigurationDto } from '../../bedrock/converse/guardrail-config.dto.js';
import type { GuardrailSide } from '../../config/guardrail.js';
import type { Verdict } from '../../guardrails/assess.js';
import type { GuardedContent, GuardedImage } from '../../guardrails/guarded-content.js';
import type { Moderate } from '../../guardrails/moderation.js';
import type { PlacedDocument } from '../documents/documents-of.js';
import type { DocumentsRead, RequestDocuments } from '../documents/request-documents.js';
import type { OperationContext } from '../operation-context.js';
import { Stopwatch } from '../stopwatch.js';
import type { AppliedGuardrail } from './applied-guardrail.js';
import {
  examinedDocuments,
  type ExaminedScope,
  guardedContentOf,
  withoutGuardrail,
  withTexts,
} from './guarded-request.js';
import type { GuardrailExaminer } from './guardrail-examiner.js';
import { guardrailTrace, type TimedVerdict } from './guardrail-trace.js';
import { refuseUnseenImages } from './unseen-images.js';

const NO_USAGE = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

/** A request, and the prompt that is sent in place of its messages if there is one. */
export interface ExaminedCall {
  readonly request: ConverseRequestDto;
  readonly prompt: string | undefined;
}

/** What a guard knows of its request. */
export interface GuardedCall {
  readonly guardrail: AppliedGuardrail;
  readonly config: GuardrailConfigurationDto;
  readonly context: OperationContext;
  readonly moderate: Moderate;
  /** Text of the model is sent before it is examined. */
  readonly isAsync: boolean;
  /** JSON paths of what has no effect. */
  readonly ignored: readonly string[];
  readonly documents: RequestDocuments;
}

/** Examines one request and its answer. */
export class ConverseGuard {
  #input: TimedVerdict | undefined;
  #leftOut: readonly string[] = [];

  constructor(
    readonly call: GuardedCall,
    private readonly examiner: GuardrailExaminer,
    private readonly stopwatch: Stopwatch,
  ) {}

  get input(): TimedVerdict | undefined {
    return this.#input;
  }

  /** JSON paths of what has no effect, or is not sent whole. */
  get ignored(): readonly string[] {
    return [...this.#leftOut, ...this.call.ignored];
  }

  get isInputBlocked(): boolean {
    return this.#input?.verdict.decision === 'blocked';
  }

  /** Of a prompt everything is examined. */
  get scope(): ExaminedScope {
    return this.call.context.route.prompt === undefined ? 'user' : 'all';
  }

  get examinesImages(): boolean {
    return this.call.guardrail.policy.settings.content !== undefined;
  }

  elapsedMs(): number {
    return this.stopwatch.elapsedMs();
  }

  /**
   * The request without its guardrail, and with masked texts.
   * @throws BedrockException when a document cannot be read, or the content filters fail or cannot see an image
   */
  async examineRequest(request: ConverseRequestDto, prompt?: string): Promise<ExaminedCall> {
    if (this.examinesImages) refuseUnseenImages(request);
    if (prompt !== undefined) {
      const [masked = ''] = await this.examineInput({
        texts: [{ text: prompt, isGuarded: true }],
        images: [],
      });
      return { request: withoutGuardrail(request), prompt: masked };
    }
    const { scope } = this;
    const wanted = examinedDocuments(request, scope);
    const { documents, ignored } = await this.readDocuments(wanted);
    this.#leftOut = ignored;
    const masked = await this.examineInput(guardedContentOf(request, { scope, documents }));
    return { request: withTexts(request, masked, { scope, documents }), prompt };
  }

  /**
   * Documents → their texts, or where images are examined the pictures of pages without text.
   * @throws BedrockException when a document cannot be read
   */
  readDocuments(wanted: readonly PlacedDocument[]): Promise<DocumentsRead> {
    return this.call.documents.readToExamine(wanted, this.examinesImages);
  }

  /**
   * Examines what a client has sent.
   * @returns the texts, masked
   * @throws BedrockException when the content filters fail
   */
  async examineInput(content: GuardedContent): Promise<string[]> {
    this.#input = await this.#examine(content, 'input');
    return this.#input.verdict.texts.map((text) => text.masked);
  }

  /**
   * Examines texts of a model.
   * @throws BedrockException when the content filters fail
   */
  examineOutput(texts: readonly string[]): Promise<TimedVerdict> {
    return this.#examine({ texts: texts.map((text) => ({ text, isGuarded: true })), images: [] }, 'output');
  }

  /**
   * Examines images of a model; undefined when the guardrail examines none.
   * @throws BedrockException when the content filters fail
   */
  async examineImages(images: readonly GuardedImage[]): Promise<TimedVerdict | undefined> {
    return this.examinesImages ? this.#examine({ texts: [], images }, 'output') : undefined;
  }

  /** The answer to a request that is blocked: no upstream is called. */
  blockedAnswer(): ConverseResponse {
    const { blockedInputMessaging: text } = this.call.guardrail.policy.settings;
    return {
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'guardrail_intervened',
      usage: NO_USAGE,
      metrics: { latencyMs: this.elapsedMs() },
      ...this.#trace(),
    };
  }

  /** @throws BedrockException when the content filters fail */
  async examineAnswer(answer: ConverseResponse): Promise<ConverseResponse> {
    const { content } = answer.output.message;
    const output = await this.examineOutput(
      content.flatMap((block) => ('text' in block ? [block.text] : [])),
    );
    const { decision } = output.verdict;
    const trace = { ...answer.trace, ...this.#trace(output).trace };
    return {
      ...answer,
      ...(decision !== 'none' && {
        output: { message: { role: 'assistant', content: this.#guarded(content, output.verdict) } },
        stopReason: 'guardrail_intervened',
      }),
      ...(Object.keys(trace).length > 0 && { trace }),
    };
  }

  /** The trace of the answer, if the request asks for it. */
  traceOf(output: TimedVerdict | undefined): ReturnType<typeof guardrailTrace> {
    const { config, guardrail } = this.call;
    return guardrailTrace(config.trace, guardrail, {
      ...(this.#input !== undefined && { input: this.#input }),
      ...(output !== undefined && { output }),
    });
  }

  #guarded(content: readonly OutputContentBlock[], { decision, texts }: Verdict): OutputContentBlock[] {
    const { blockedOutputsMessaging: text } = this.call.guardrail.policy.settings;
    if (decision === 'blocked') return [{ text }];
    const masked = texts.map((assessed) => assessed.masked);
    return content.map((block) => ('text' in block ? { text: masked.shift() ?? '' } : block));
  }

  #trace(output?: TimedVerdict): Pick<ConverseResponse, 'trace'> {
    const trace = this.traceOf(output);
    return trace.guardrail === undefined ? {} : { trace };
  }

  async #examine(content: GuardedContent, side: GuardrailSide): Promise<TimedVerdict> {
    const { guardrail, context: request } = this.call;
    const stopwatch = new Stopwatch();
    const verdict = await this.examiner.examine(content, side, { guardrail, request });
    return { verdict, latencyMs: stopwatch.elapsedMs() };
  }
}
