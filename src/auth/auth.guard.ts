import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Configurations, type Client, type Configuration } from '../config/configuration.js';
import { Settings } from '../config/settings.js';
import { readBody } from '../server/body/read-body.js';
import { admit } from './admitted-client.js';
import { BearerVerifier } from './bearer/bearer-verifier.js';
import { ClientDirectory } from './client-directory.js';
import { incompleteSignature, missingAuthorization } from './refusal.js';
import { isSigV4 } from './sigv4/authorization.js';
import { SigV4Verifier } from './sigv4/sigv4-verifier.js';
import { SignedMessage } from './signed-message.js';

const BEARER = 'Bearer ';

/** Who may come in: chooses by the scheme of the Authorization header. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly sigV4 = new SigV4Verifier();
  private readonly bearer = new BearerVerifier();

  constructor(
    private readonly configurations: Configurations,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException as AWS answers */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const directory = ClientDirectory.of(this.configurations.current);
    if (directory.isEmpty) return true;
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    admit(request, await this.identify(request, directory));
    return true;
  }

  private async identify(request: IncomingMessage, directory: ClientDirectory): Promise<Client> {
    const message = new SignedMessage(request);
    const authorization = message.header('authorization');
    const nowMs = Date.now();
    if (authorization === undefined || authorization === '') throw missingAuthorization();
    if (authorization.startsWith(BEARER)) {
      const clientOfAccessKey = directory.withAccessKey;
      const clientOfBearerDigest = directory.withBearerDigest;
      return this.bearer.verify(authorization.slice(BEARER.length), {
        clientOfAccessKey,
        clientOfBearerDigest,
        nowMs,
      });
    }
    if (!isSigV4(authorization)) throw incompleteSignature('the Authorization header has an unknown scheme');
    return this.sigV4.verify(message, authorization, {
      clientOf: directory.withAccessKey,
      hosts: hostsOf(request, message, directory.configuration),
      nowMs,
      readBody: () => readBody(request, this.settings.server.maxBodyBytes),
    });
  }
}

/** Each still needs a valid signature, so a wrong one lets nobody in. */
function hostsOf(request: IncomingMessage, message: SignedMessage, configuration: Configuration): string[] {
  const received = message.header(':authority') ?? message.header('host') ?? '';
  const forwarded = request.headers['x-forwarded-host'];
  const trusted = configuration.trustForwardedHost && typeof forwarded === 'string' ? [forwarded] : [];
  return [received, ...configuration.externalHosts, ...trusted];
}
