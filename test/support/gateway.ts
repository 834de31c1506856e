import type { Configuration, Upstream } from '../../src/config/configuration.js';
import type { UpstreamSettings } from '../../src/config/settings.js';
import type { ChatCompletionParams } from '../../src/openai/chat-completion.js';
import { OpenAIGateway } from '../../src/openai/openai.gateway.js';
import type { UpstreamTarget } from '../../src/openai/upstream-target.js';
import { Cancellation } from '../../src/streaming/cancellation.js';
import { targetOf, upstreamOf } from './upstream-target.js';

export const params: ChatCompletionParams = {
  model: 'model',
  messages: [{ role: 'user', content: 'Hello' }],
};

/** A client that never disconnects. */
export const waiting = { cancellation: new Cancellation() };

/** A target with an upstream of its own. */
export function targetAt(baseUrl: string, changes: Partial<UpstreamSettings> = {}): UpstreamTarget {
  const upstream = upstreamOf({ baseUrl, ...changes });
  return targetOf(upstream.dialect, { upstream, model: 'model' });
}

export function configurationOf(...upstreams: Upstream[]): Configuration {
  return { upstreams, models: [], clients: [], externalHosts: [], trustForwardedHost: false };
}

/** The gateway for a configuration with these targets. */
export function gatewayTo(...targets: UpstreamTarget[]): OpenAIGateway {
  return new OpenAIGateway({ current: configurationOf(...targets.map(({ upstream }) => upstream)) });
}
