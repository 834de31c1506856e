import type { ServerResponse } from 'node:http';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { AnswerContent } from '../observability/answer-content.js';
import type { Exchange, ExchangeResult } from '../observability/exchange.js';
import { Exchanges, type ExchangeListener } from '../observability/exchanges.js';
import { bodyOnceRead } from '../server/body/read-body.js';
import type { Call, CallSummary } from './call.js';
import { CallStore } from './call-store.js';
import { RecordingPace } from './recording-pace.js';
import { exchangeToCall, exchangeToSummary } from './exchange-to-call.js';
import { keepSentBody } from './sent-body.js';

interface Finished {
  readonly exchange: Exchange;
  readonly result: ExchangeResult;
}

const MAX_RUNNING = 50;
const NO_BODY = { text: '', isCut: false };
/** Of a call of which only the line is held. */
const NOTHING_HELD = {
  method: '',
  path: '',
  request: NO_BODY,
  answer: NO_BODY,
  timesMs: [],
  answerOrigins: [],
  calls: [],
};

/** Records calls while the inspector is on; otherwise it does not even listen. */
@Injectable()
export class CallRecorder implements ExchangeListener, OnModuleInit {
  /** Undefined while the inspector is off. */
  readonly store?: CallStore;
  private readonly pace?: RecordingPace<Finished>;
  private readonly maxCharacters: number = 0;

  constructor(
    private readonly exchanges: Exchanges,
    { inspector }: Settings,
  ) {
    if (inspector === undefined) return;
    this.store = new CallStore(inspector.maxCalls, inspector.maxBytes);
    this.pace = new RecordingPace((item) => this.recordSafely(item), inspector.maxBytes);
    this.maxCharacters = inspector.maxBodyBytes;
  }

  onModuleInit(): void {
    if (this.store === undefined) return;
    new Logger('Inspector').warn('INSPECTOR holds the last requests and answers in memory');
    this.exchanges.listen(this);
  }

  started(exchange: Exchange, response: ServerResponse): void {
    if (exchange.content === undefined) {
      if (this.pace?.captures(exchange.startedAtMs) !== true) return;
      exchange.content = new AnswerContent(this.maxCharacters);
    }
    keepSentBody(response, exchange.content);
  }

  finished(exchange: Exchange, result: ExchangeResult): void {
    if (exchange.content === undefined)
      return this.store?.addLine({ ...exchangeToSummary(exchange, result), isLineOnly: true });
    this.pace?.add({ exchange, result }, (result.requestBytes ?? 0) + result.responseBytes);
  }

  /** The oldest of the calls that are under way. */
  running(): CallSummary[] {
    const running: CallSummary[] = [];
    for (const exchange of this.exchanges.active) {
      if (running.length === MAX_RUNNING) break;
      if (exchange.operation !== undefined) running.push(summaryOfRunning(exchange));
    }
    return running;
  }

  /** A call that is held, that waits to be, or that is under way. */
  async find(id: string): Promise<Call | undefined> {
    this.pace?.hurry(({ exchange }) => exchange.requestId === id);
    const held = this.store?.get(id);
    if (held !== undefined) return held;
    const line = this.store?.line(id);
    if (line !== undefined) return { ...NOTHING_HELD, ...line };
    const exchange = [...this.exchanges.active].find(({ requestId }) => requestId === id);
    if (exchange === undefined) return undefined;
    const call = await this.toCall(exchange, exchange.finish());
    return { ...call, ...summaryOfRunning(exchange) };
  }

  private recordSafely({ exchange, result }: Finished): void {
    void this.record(exchange, result).catch((error: unknown) => new Logger('Inspector').error(error));
  }

  private async record(exchange: Exchange, result: ExchangeResult): Promise<void> {
    const summary = exchangeToSummary(exchange, result);
    this.store?.add(await this.toCall(exchange, result), summary);
  }

  private async toCall(exchange: Exchange, result: ExchangeResult): Promise<Call> {
    // a body that was not read, or that is still on its way, is not kept
    const body = await bodyOnceRead(exchange.request);
    return exchangeToCall(exchange, result, body?.toString() ?? '', this.maxCharacters);
  }
}

function summaryOfRunning(exchange: Exchange): CallSummary {
  return {
    ...exchangeToSummary(exchange, exchange.finish()),
    status: 0,
    exception: undefined,
    isRunning: true,
  };
}
