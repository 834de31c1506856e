import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Tracer } from '@opentelemetry/api';
import { Settings } from '../../config/settings.js';
import type { ExchangeResult, Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { ExchangeSpans } from './exchange-spans.js';

const FLUSH_TIMEOUT_MS = 2_000;

/** Records spans when a collector is configured. Otherwise the client's trace context is forwarded to the upstream. */
@Injectable()
export class Traces implements ExchangeListener, OnModuleInit, OnApplicationShutdown {
  private readonly spans = new WeakMap<Exchange, ExchangeSpans>();
  private tracer?: Tracer;
  private stop?: () => Promise<void>;

  constructor(
    private readonly exchanges: Exchanges,
    private readonly settings: Settings,
  ) {}

  async onModuleInit(): Promise<void> {
    const { otlpEndpoint } = this.settings;
    if (otlpEndpoint === undefined) return;
    const { startTracing } = await import('./otlp-tracing.js');
    const provider = await startTracing(otlpEndpoint);
    this.tracer = provider.getTracer('bedrock-to-openai-proxy');
    this.stop = () => provider.shutdown();
    this.exchanges.listen(this);
  }

  /** Sends the remaining spans, unless the collector takes too long. */
  async onApplicationShutdown(): Promise<void> {
    if (this.stop === undefined) return;
    const timeout = new AbortController();
    const timedOut = setTimeout(FLUSH_TIMEOUT_MS, undefined, { signal: timeout.signal }).catch(
      () => undefined,
    );
    await Promise.race([this.stop(), timedOut]).finally(() => timeout.abort());
  }

  started(exchange: Exchange): void {
    if (this.tracer === undefined) return;
    const spans = new ExchangeSpans(this.tracer, exchange);
    this.spans.set(exchange, spans);
    exchange.traceHeaders = spans.headersOf;
  }

  finished(exchange: Exchange, result: ExchangeResult): void {
    this.spans.get(exchange)?.end(result);
  }
}
