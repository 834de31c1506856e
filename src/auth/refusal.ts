import { BedrockException, type BedrockExceptionName } from '../bedrock/bedrock.exception.js';

/** Who is not let in hears it in AWS's own words, so that clients and people know what to mend. */
export function refused(name: BedrockExceptionName, message: string): BedrockException {
  return new BedrockException(name, message);
}

export function missingAuthorization(): BedrockException {
  return refused('AccessDeniedException', 'Authorization header is missing');
}

export function incompleteSignature(what: string): BedrockException {
  return refused(
    'IncompleteSignatureException',
    `The request signature does not conform to AWS standards: ${what}`,
  );
}

/** The same for a key that never was, and for one that was taken away. */
export function unknownAccessKey(): BedrockException {
  return refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

export function wrongSignature(): BedrockException {
  return refused(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

export function wrongBearerKey(): BedrockException {
  return refused('AccessDeniedException', 'Authentication failed: Please make sure your API Key is valid.');
}

export function modelNotAllowed(client: string, modelId: string): BedrockException {
  return refused(
    'AccessDeniedException',
    `User: ${client} is not authorized to perform: bedrock:InvokeModel on resource: ${modelId}`,
  );
}
