import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../config/settings.js';
import type { DualProtocolAdapter } from './dual-protocol.adapter.js';
import { endAtSecondSignal } from './second-signal.js';

/** For the last frames and refusals to reach their clients. */
const FAREWELL_MS = 2_000;

/** How the service goes without harm. */
@Injectable()
export class Shutdown implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Shutdown.name);

  constructor(
    private readonly host: HttpAdapterHost<DualProtocolAdapter>,
    private readonly settings: Settings,
  ) {}

  /** The probes know already. Without a `signal` nobody has to notice, and the port closes at once. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    const { server: front, intake: entrance } = this.host.httpAdapter;
    const { drainDelayMs, shutdownTimeoutMs } = this.settings.server;
    entrance.requests.announceClose();
    if (signal !== undefined) await this.serveOn(drainDelayMs, signal);

    const closed = front.close();
    await this.either(closed, shutdownTimeoutMs);
    entrance.drainState.end();
    entrance.requests.cancelAll();

    await this.either(closed, FAREWELL_MS);
    front.destroy();
    await closed;
  }

  private async serveOn(ms: number, signal: string): Promise<void> {
    endAtSecondSignal();
    this.logger.log(`${signal}: the port closes in ${ms} ms`);
    await setTimeout(ms);
  }

  /** Whichever is first. */
  private async either(closed: Promise<void>, ms: number): Promise<void> {
    const late = new AbortController();
    const waiting = setTimeout(ms, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([closed, waiting]).finally(() => late.abort());
  }
}
