import { Inject, Injectable, Logger as NestLogger, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Settings } from '../../config/settings.js';
import { readBody } from '../../server/body/read-body.js';
import type { Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import { ROOT_LOGGER } from './root-logger.token.js';

/** With `LOG_PROMPTS`: what was asked and answered, at debug. */
@Injectable()
export class PromptLog implements ExchangeListener, OnModuleInit {
  constructor(
    private readonly exchanges: Exchanges,
    private readonly settings: Settings,
    @Inject(ROOT_LOGGER) private readonly root: Logger,
  ) {}

  onModuleInit(): void {
    if (!this.settings.log.prompts) return;
    const isShown = this.root.isLevelEnabled('debug');
    new NestLogger('Logs').warn(
      isShown
        ? 'LOG_PROMPTS is on: the log holds what clients ask and what they are answered'
        : 'LOG_PROMPTS is on, but nothing comes of it: LOG_LEVEL is above debug',
    );
    if (isShown) this.exchanges.listen(this);
  }

  begun(exchange: Exchange): void {
    exchange.content = [];
  }

  ended(exchange: Exchange): void {
    void this.write(exchange).catch(() => undefined);
  }

  private async write({ request, requestId, content = [] }: Exchange): Promise<void> {
    const asked = await readBody(request, this.settings.server);
    this.root.debug({ requestId, request: asked.toString(), answer: content }, 'prompt');
  }
}
