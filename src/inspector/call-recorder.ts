import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { AnswerContent } from '../observability/answer-content.js';
import type { Exchange, ExchangeResult } from '../observability/exchange.js';
import { Exchanges, type ExchangeListener } from '../observability/exchanges.js';
import { readBody } from '../server/body/read-body.js';
import { CallStore } from './call-store.js';
import { RecordingPace } from './recording-pace.js';
import { exchangeToCall, exchangeToSummary } from './exchange-to-call.js';

interface Finished {
  readonly exchange: Exchange;
  readonly result: ExchangeResult;
}

/** Records calls while the inspector is on; otherwise it does not even listen. */
@Injectable()
export class CallRecorder implements ExchangeListener, OnModuleInit {
  /** Undefined while the inspector is off. */
  readonly store?: CallStore;
  private readonly pace?: RecordingPace<Finished>;
  private readonly maxCharacters: number = 0;

  constructor(
    private readonly exchanges: Exchanges,
    private readonly settings: Settings,
  ) {
    const { inspector } = settings;
    if (inspector === undefined) return;
    this.store = new CallStore(inspector.maxCalls, inspector.maxBytes);
    this.pace = new RecordingPace((item) => this.recordSafely(item), inspector.maxCalls, inspector.maxBytes);
    this.maxCharacters = inspector.maxBodyBytes;
  }

  onModuleInit(): void {
    if (this.store === undefined) return;
    new Logger('Inspector').warn('INSPECTOR holds the last requests and answers in memory');
    this.exchanges.listen(this);
  }

  started(exchange: Exchange): void {
    exchange.content ??= new AnswerContent(this.maxCharacters);
  }

  finished(exchange: Exchange, result: ExchangeResult): void {
    this.pace?.add({ exchange, result }, (result.requestBytes ?? 0) + result.responseBytes);
  }

  private recordSafely({ exchange, result }: Finished): void {
    void this.record(exchange, result).catch((error: unknown) => new Logger('Inspector').error(error));
  }

  private async record(exchange: Exchange, result: ExchangeResult): Promise<void> {
    const summary = exchangeToSummary(exchange, result);
    // a body that was refused, or that is still on its way, is not kept
    const body = exchange.report === undefined ? '' : await bodyOf(exchange, this.settings);
    this.store?.add(exchangeToCall(exchange, result, body, this.maxCharacters), summary);
  }
}

async function bodyOf({ request }: Exchange, { server }: Settings): Promise<string> {
  return readBody(request, server).then(String, () => '');
}
