import { Injectable } from '@nestjs/common';
import { validated } from '../../bedrock/validation/validation.pipe.js';
import { Settings } from '../../config/settings.js';
import type { ChatCompletionAnswer } from '../../openai/chat-completion.js';
import type { StreamResult } from '../event-stream/stream-reply.js';
import { invocationMetrics, METRICS_MEMBER } from '../invoke-model/invocation-metrics.js';
import type { InvokeHandler, InvokeRequest } from '../invoke-model/invoke-handler.js';
import { NOTHING_IGNORED, reportedPaths } from '../invoke-model/reported-paths.js';
import type { OperationResult } from '../operation-result.js';
import { Stopwatch } from '../stopwatch.js';
import { ChatCompletionRequestDto } from './chat-completion-request.dto.js';
import { type ChatCall, ChatCompletionsService } from './chat-completions.service.js';
import { CHUNK_FRAMES } from './chat-event-formats.js';

/** The tiers of the header that OpenAI's API has too. */
const TIERS: ReadonlyMap<unknown, string> = new Map(
  ['default', 'flex', 'priority'].map((tier) => [tier, tier]),
);

/** Answers InvokeModel for chat completion bodies. */
@Injectable()
export class ChatCompletionsHandler implements InvokeHandler<'chat-completions'> {
  readonly kind = 'chat-completions';

  constructor(
    private readonly service: ChatCompletionsService,
    private readonly settings: Settings,
  ) {}

  async invoke(request: InvokeRequest<'chat-completions'>): Promise<OperationResult<ChatCompletionAnswer>> {
    return this.service.chat(this.toCall(request), request.context);
  }

  stream(request: InvokeRequest<'chat-completions'>): StreamResult<object> {
    const stopwatch = new Stopwatch();
    let firstByte: number | undefined;
    const { answer, report } = this.service.chatStream(this.toCall(request), request.context, {
      usage: 'last-chunk',
      lastMembers: (usage) => {
        const invocation = stopwatch.elapsedMs();
        const latencies = { invocation, firstByte: firstByte ?? invocation };
        return { [METRICS_MEMBER]: invocationMetrics(usage, latencies) };
      },
    });
    const opened = answer.then((events) => {
      firstByte = stopwatch.elapsedMs();
      return events;
    });
    return { answer: opened, report, format: CHUNK_FRAMES };
  }

  /** @throws ValidationException */
  private toCall({ body, headers, ignored }: InvokeRequest<'chat-completions'>): ChatCall {
    const { serviceTier, ...others } = headers.members;
    const tier = TIERS.get(serviceTier?.type);
    const members = tier === undefined ? headers.members : others;
    const uncarried = { headers: { ...headers, members }, ignored };
    const reported = reportedPaths(NOTHING_IGNORED, uncarried, this.settings);
    const json = tier === undefined ? body : { service_tier: tier, ...body };
    return { request: validated(ChatCompletionRequestDto, json), ignored: reported };
  }
}
