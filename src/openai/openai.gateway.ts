import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Configurations, type Upstream } from '../config/configuration.js';
import type { ChatCompletionAnswer, ChatCompletionParams } from './chat-completion.js';
import { ChunkParser } from './chunk-parser.js';
import { streamCall, wholeCall } from './new-call.js';
import { openChunks } from './open-chunks.js';
import { textToAnswer, textToCompletion } from './completion.js';
import { COMPLETIONS, type Endpoint } from './endpoint.js';
import { MaxTokensFields } from './max-tokens-field.js';
import type { PullSource } from '../streaming/pull-source.js';
import { toCompletionParams, toStreamParams } from './stream-params.js';
import { jsonToBody, paramsToBody } from './request-body.js';
import { MAX_ANSWER_BYTES, type TransportResponse } from './connection/transport-response.js';
import { type TextCompletionParams, textToChatAnswer } from './text-completion.js';
import type { CallOptions, UpstreamCall } from './upstream-call.js';
import { UpstreamClients } from './upstream-clients.js';
import type { UpstreamTarget } from './upstream-target.js';

const LONG_BODY_BYTES = 256 * 1024;

/** Calls `POST {base}/chat/completions` of an upstream, and its other endpoints. Every failure is an UpstreamError. */
@Injectable()
export class OpenAIGateway implements OnApplicationShutdown {
  readonly #clients: UpstreamClients;
  readonly #maxTokensFields = new MaxTokensFields();

  constructor(configurations: Configurations) {
    this.#clients = new UpstreamClients(configurations);
  }

  /** @throws UpstreamError `timeout` if the answer is not complete after `timeoutMs`; `aborted` when it is cancelled */
  async complete(
    target: UpstreamTarget,
    params: ChatCompletionParams,
    options: CallOptions,
  ): Promise<ChatCompletionAnswer> {
    const call = wholeCall(target.upstream, options);
    try {
      const response = await this.#send(target, toCompletionParams(params), call);
      const text = await response.text();
      call.transcript?.received(text);
      return textToCompletion(text);
    } finally {
      call.end();
    }
  }

  /**
   * Resolves when the response headers say success (2xx), before the first chunk.
   * The stream must be read to its end, or cancelled by `cancel()` or by the cancellation of the call.
   *
   * @throws UpstreamError also while the stream is read: `timeout` without content until `firstEventTimeoutMs`
   * after the call, or later without a chunk for `idleTimeoutMs`; `aborted` when it is cancelled
   */
  stream(
    target: UpstreamTarget,
    params: ChatCompletionParams,
    options: CallOptions,
  ): Promise<PullSource<readonly ChatCompletionAnswer[]>> {
    const call = streamCall(target, options);
    const response = this.#send(target, toStreamParams(params, target.dialect), call);
    return openChunks(target, call, response, new ChunkParser(params.n ?? 1));
  }

  /**
   * A prompt → the text completion, in the form of a chat completion.
   *
   * @throws UpstreamError as `complete`
   */
  async completePrompt(
    target: UpstreamTarget,
    params: TextCompletionParams,
    options: CallOptions,
  ): Promise<ChatCompletionAnswer> {
    const body = jsonToBody({ ...params, stream: false });
    return textToChatAnswer(await this.post(target, COMPLETIONS, body, options), 'message');
  }

  /**
   * A prompt → the chunks of the text completion, in the form of chat completion chunks.
   *
   * @throws UpstreamError as `stream`
   */
  streamPrompt(
    target: UpstreamTarget,
    params: TextCompletionParams,
    options: CallOptions,
  ): Promise<PullSource<readonly ChatCompletionAnswer[]>> {
    const call = streamCall(target, options);
    const body = jsonToBody(toStreamParams(params, target.dialect));
    const response = this.#deliver(target.upstream, body, call, COMPLETIONS);
    return openChunks(target, call, response, new ChunkParser(1, textToChatAnswer));
  }

  /**
   * Sends JSON to an endpoint beside chat completions → the object that it answers.
   *
   * @throws UpstreamError as `complete`
   */
  async post(
    { upstream }: Pick<UpstreamTarget, 'upstream'>,
    endpoint: Endpoint,
    body: string | Buffer,
    options: CallOptions,
  ): Promise<Readonly<Record<string, unknown>>> {
    const call = wholeCall(upstream, options);
    try {
      const response = await this.#deliver(upstream, body, call, endpoint);
      const text = await response.text();
      call.transcript?.received(text);
      return textToAnswer(text);
    } finally {
      call.end();
    }
  }

  /**
   * Sends JSON to an endpoint beside chat completions → the body that it answers, unread.
   *
   * @throws UpstreamError as `complete`
   */
  async postForBytes(
    { upstream }: UpstreamTarget,
    endpoint: Endpoint,
    params: object,
    options: CallOptions,
  ): Promise<readonly Buffer[]> {
    const call = wholeCall(upstream, options);
    try {
      const { body } = await this.#deliver(upstream, jsonToBody(params), call, endpoint);
      const parts = await body.bytes(MAX_ANSWER_BYTES, 'held');
      call.transcript?.received(parts);
      return parts;
    } finally {
      call.end();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#clients.close();
  }

  async #send(
    target: UpstreamTarget,
    params: ChatCompletionParams,
    call: UpstreamCall,
  ): Promise<TransportResponse> {
    const known = this.#maxTokensFields.apply(target, params);
    try {
      return await this.#post(target, known, call);
    } catch (error) {
      const alternative = this.#maxTokensFields.alternative(known, error);
      if (alternative === undefined) throw error;
      const response = await this.#post(target, alternative, call);
      this.#maxTokensFields.remember(target, alternative);
      return response;
    }
  }

  #post(
    { upstream }: UpstreamTarget,
    params: ChatCompletionParams,
    call: UpstreamCall,
  ): Promise<TransportResponse> {
    return this.#deliver(upstream, paramsToBody(params), call);
  }

  async #deliver(
    upstream: Upstream,
    body: string | Buffer,
    call: UpstreamCall,
    endpoint?: Endpoint,
  ): Promise<TransportResponse> {
    call.transcript?.sent(body);
    // sending a long body takes as long as writing it, so other requests get their turn in between
    if (body.length > LONG_BODY_BYTES) await setImmediate();
    return this.#clients.of(upstream).send(body, call, endpoint);
  }
}
