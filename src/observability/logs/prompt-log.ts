import { Inject, Injectable, Logger as NestLogger, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Upstream } from '../../config/configuration.js';
import { redactKey } from '../../config/redact-key.js';
import { Settings } from '../../config/settings.js';
import { readBody } from '../../server/body/read-body.js';
import { AnswerContent } from '../answer-content.js';
import type { Exchange } from '../exchange.js';
import { Exchanges, type ExchangeListener } from '../exchanges.js';
import type { AttemptRecord } from '../attempt-record.js';
import { ROOT_LOGGER } from './root-logger.token.js';
import { redactSecrets } from './redact-secrets.js';

/** With `LOG_PROMPTS`: logs request and answer, of the client and of every call, at debug. */
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

  started(exchange: Exchange): void {
    exchange.content = new AnswerContent();
  }

  finished(exchange: Exchange): void {
    void this.write(exchange).catch(() => undefined);
  }

  private async write({ request, requestId, content, report }: Exchange): Promise<void> {
    const asked = await readBody(request, this.settings.server);
    const calls = report?.attempts.map(callToRecord);
    this.root.debug({ requestId, request: asked.toString(), answer: content?.items ?? [], calls }, 'prompt');
  }
}

function callToRecord({ upstream, transcript }: AttemptRecord): object {
  const { request = '', answer = '' } = transcript ?? {};
  return {
    upstream: upstream.name,
    request: redacted(request, upstream),
    answer: redacted(answer, upstream),
  };
}

/** Removes what looks like a key, and the upstream's own key in every encoding. */
function redacted(text: string, upstream: Upstream): string {
  const { apiKey } = upstream;
  const told = redactKey(text, upstream);
  return redactSecrets(apiKey === undefined ? told : told.replaceAll(apiKey, '[redacted]'));
}
