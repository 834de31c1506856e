import type { WebPageObjection } from '../server/web-page-rule.js';
import { BedrockException, type BedrockExceptionName } from '../bedrock/bedrock.exception.js';

/** Why a request was refused, for the operator's logs and metrics. Clients see less detail. */
export type AuthFailureReason =
  | 'missing'
  | 'incomplete'
  | 'unknown_key'
  | 'signature'
  | 'clock'
  | 'bearer_key'
  | 'model'
  | 'prompt'
  | WebPageObjection;

/** A failed authentication or authorization, with AWS's own error name and message, which SDKs and users know. */
export class AuthFailure extends BedrockException {
  constructor(
    readonly reason: AuthFailureReason,
    name: BedrockExceptionName,
    message: string,
  ) {
    super(name, message);
  }
}

export function missingAuthorization(): AuthFailure {
  return new AuthFailure('missing', 'AccessDeniedException', 'Authorization header is missing');
}

export function incompleteSignature(what: string): AuthFailure {
  return new AuthFailure(
    'incomplete',
    'IncompleteSignatureException',
    `The request signature does not conform to AWS standards: ${what}`,
  );
}

/** Does not reveal whether the key never existed or was removed. */
export function unknownAccessKey(): AuthFailure {
  return new AuthFailure(
    'unknown_key',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

export function wrongSignature(): AuthFailure {
  return new AuthFailure(
    'signature',
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

export function wrongBearerKey(): AuthFailure {
  return new AuthFailure(
    'bearer_key',
    'AccessDeniedException',
    'Authentication failed: Please make sure your API Key is valid.',
  );
}

export function modelNotAllowed(client: string, modelId: string): AuthFailure {
  return new AuthFailure(
    'model',
    'AccessDeniedException',
    `User: ${client} is not authorized to perform: bedrock:InvokeModel on resource: ${modelId}`,
  );
}

export function promptNotAllowed(client: string, prompt: string): AuthFailure {
  return new AuthFailure(
    'prompt',
    'AccessDeniedException',
    `User: ${client} is not authorized to perform: bedrock:RenderPrompt on resource: ${prompt}`,
  );
}

const OBJECTIONS: Readonly<Record<WebPageObjection, string>> = {
  cross_site:
    'A web page of another site may not use this proxy. Requests with a sec-fetch-site or origin header of ' +
    'another site are refused while no clients are configured.',
  host:
    'This proxy does not go by the name in the Host header. While it listens on loopback and no clients are ' +
    'configured, it answers to localhost, host.docker.internal and the names in ALLOWED_HOSTS.',
};

export function notForWebPages(objection: WebPageObjection): AuthFailure {
  return new AuthFailure(objection, 'AccessDeniedException', OBJECTIONS[objection]);
}
