import type { DialectName } from '../../src/config/dialect-names.js';
import { Settings, type UpstreamSettings } from '../../src/config/settings.js';
import type { ChatCompletionParams } from '../../src/openai/chat-completion.js';
import { DIALECTS } from '../../src/openai/dialect.js';
import { OpenAIGateway } from '../../src/openai/openai.gateway.js';
import type { UpstreamTarget } from '../../src/openai/upstream-target.js';

export const params: ChatCompletionParams = {
  model: 'model',
  messages: [{ role: 'user', content: 'Hello' }],
};

export function targetOf(dialect: DialectName, model = 'model'): UpstreamTarget {
  return { upstream: 'default', model, dialect: DIALECTS[dialect], toolCallStreaming: 'live' };
}

export function upstreamSettings(baseUrl: string, changes: Partial<UpstreamSettings> = {}): UpstreamSettings {
  return {
    baseUrl,
    dialect: 'generic',
    maxRetries: 0,
    connectTimeoutMs: 1_000,
    timeoutMs: 10_000,
    firstEventTimeoutMs: 10_000,
    idleTimeoutMs: 10_000,
    toolCallStreaming: 'live',
    ...changes,
  };
}

export function gatewayTo(baseUrl: string, changes: Partial<UpstreamSettings> = {}): OpenAIGateway {
  return new OpenAIGateway(Object.assign(new Settings(), { upstream: upstreamSettings(baseUrl, changes) }));
}
