import type { ConverseTrace } from '../bedrock/converse/converse-response.js';
import type { ConverseStreamEvent } from '../bedrock/converse/converse-stream-event.js';
import { PullSource } from '../streaming/pull-source.js';
import type { UpstreamTarget } from '../openai/upstream-target.js';
import type { ModelRoute } from '../routing/model-route.js';

type Events = PullSource<ConverseStreamEvent[]>;

const PROMPT_ROUTERS: ReadonlySet<string | undefined> = new Set(['prompt-router', 'default-prompt-router']);

/** A request to a prompt router → the trace that names the model that answered; empty for any other request. */
export function promptRouterTrace(
  { modelId }: ModelRoute,
  { model }: UpstreamTarget,
): { trace?: ConverseTrace } {
  return PROMPT_ROUTERS.has(modelId.resourceType)
    ? { trace: { promptRouter: { invokedModelId: model } } }
    : {};
}

/** Adds the same trace to the metadata event of a stream. */
export function withPromptRouterTrace(events: Events, route: ModelRoute, target: UpstreamTarget): Events {
  const { trace } = promptRouterTrace(route, target);
  return trace === undefined ? events : PullSource.from(addTrace(events, trace));
}

async function* addTrace(events: Events, trace: ConverseTrace): AsyncGenerator<ConverseStreamEvent[]> {
  for await (const batch of events) {
    yield batch.map((event) => ('metadata' in event ? { metadata: { ...event.metadata, trace } } : event));
  }
}
