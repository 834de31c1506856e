import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../config/settings.js';
import type { DualProtocolAdapter } from './dual-protocol.adapter.js';
import { endAtSecondSignal } from './second-signal.js';

/** Time for the last frames and errors to reach their clients. */
const FINAL_ANSWERS_MS = 2_000;

/** Shuts down gracefully: keeps serving, closes the port, waits for answers, cancels the rest. */
@Injectable()
export class Shutdown implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Shutdown.name);

  constructor(
    private readonly host: HttpAdapterHost<DualProtocolAdapter>,
    private readonly settings: Settings,
  ) {}

  /** The readiness probe fails already. Without a `signal` there is no delay before the port closes. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    const { server, intake } = this.host.httpAdapter;
    const { drainDelayMs, shutdownTimeoutMs } = this.settings.server;
    intake.requests.announceClose();
    if (signal !== undefined) await this.keepServing(drainDelayMs, signal);

    const closed = server.close();
    await this.closedOrTimeout(closed, shutdownTimeoutMs);
    intake.drainState.end();
    intake.requests.cancelAll();

    await this.closedOrTimeout(closed, FINAL_ANSWERS_MS);
    server.destroy();
    await closed;
  }

  private async keepServing(ms: number, signal: string): Promise<void> {
    endAtSecondSignal();
    this.logger.log(`${signal}: the port closes in ${ms} ms`);
    await setTimeout(ms);
  }

  /** Resolves at the first of the two. */
  private async closedOrTimeout(closed: Promise<void>, ms: number): Promise<void> {
    const timer = new AbortController();
    const waiting = setTimeout(ms, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([closed, waiting]).finally(() => timer.abort());
  }
}
