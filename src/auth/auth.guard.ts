import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Configurations, type Client } from '../config/configuration.js';
import { Settings } from '../config/settings.js';
import { exchangeOf } from '../observability/exchanges.js';
import { discardBody } from '../server/body/discard-body.js';
import { hashBody, readBody } from '../server/body/read-body.js';
import { isPublic } from '../server/public.decorator.js';
import { WebPageRule } from '../server/web-page-rule.js';
import { setClient } from './current-client.js';
import { BearerVerifier } from './bearer/bearer-verifier.js';
import { ClientDirectory } from './client-directory.js';
import { incompleteSignature, missingAuthorization, notForWebPages, AuthFailure } from './auth-failure.js';
import { acceptsApiKey } from './api-key.decorator.js';
import { signedHosts } from './signed-hosts.js';
import { isSigV4 } from './sigv4/authorization.js';
import { SigV4Verifier } from './sigv4/sigv4-verifier.js';
import { SignedMessage } from './signed-message.js';

/** The key may be missing: an SDK with an empty key in its environment sends just `Bearer`. */
const BEARER = /^Bearer(?: +(?<key>.*))?$/;

/** Authenticates requests on every route that is not public, by the scheme of the Authorization header. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly sigV4 = new SigV4Verifier();
  private readonly bearer = new BearerVerifier();
  private readonly webPageRule: WebPageRule;

  constructor(
    private readonly configurations: Configurations,
    private readonly settings: Settings,
  ) {
    this.webPageRule = new WebPageRule(settings.server.host, settings.server.allowedHosts);
  }

  /** @throws AuthFailure as AWS answers */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (isPublic(context)) return true;
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const directory = ClientDirectory.of(this.configurations.current);
    return directory.isEmpty ? this.allowAnonymous(request) : this.authenticate(request, directory, context);
  }

  /** Without configured clients, every request is allowed except those of web pages on other sites. */
  private allowAnonymous(request: IncomingMessage): true {
    const objection = this.webPageRule.objectionTo(request);
    if (objection !== undefined) this.reject(request, notForWebPages(objection));
    return true;
  }

  private async authenticate(
    request: IncomingMessage,
    directory: ClientDirectory,
    context: ExecutionContext,
  ): Promise<boolean> {
    try {
      const client = await this.identify(request, directory, acceptsApiKey(context));
      setClient(request, client);
      exchangeOf(request)?.setClient(client.name);
    } catch (error) {
      this.reject(request, error);
    }
    return true;
  }

  private reject(request: IncomingMessage, error: unknown): never {
    if (error instanceof AuthFailure) exchangeOf(request)?.recordRefusal(error.reason);
    discardBody(request, this.settings.server.maxBodyBytes);
    throw error;
  }

  private async identify(
    request: IncomingMessage,
    directory: ClientDirectory,
    takesApiKey: boolean,
  ): Promise<Client> {
    const message = new SignedMessage(request);
    const authorization = message.header('authorization');
    if (authorization === undefined || authorization === '') {
      const apiKey = takesApiKey ? message.unrepeated('x-api-key') : undefined;
      if (!apiKey) throw missingAuthorization();
      return this.verifyBearer(apiKey, directory);
    }
    const bearer = BEARER.exec(authorization);
    if (bearer !== null) return this.verifyBearer(bearer.groups?.key ?? '', directory);
    if (!isSigV4(authorization)) throw incompleteSignature('the Authorization header has an unknown scheme');
    return this.sigV4.verify(message, authorization, {
      clientOf: directory.withAccessKey,
      hosts: signedHosts(message, directory.configuration),
      nowMs: Date.now(),
      readBody: () => readBody(request, this.settings.server),
      hashBody: () => hashBody(request, this.settings.server),
    });
  }

  private verifyBearer(bearerKey: string, directory: ClientDirectory): Client {
    return this.bearer.verify(bearerKey, {
      clientOfAccessKey: directory.withAccessKey,
      clientOfBearerDigest: directory.withBearerDigest,
      nowMs: Date.now(),
    });
  }
}
