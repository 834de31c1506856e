import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import { ImageAddress } from '../../bedrock/converse/image-address.js';

/**
 * Refuses images at addresses: content filters see only what the request holds.
 * @throws ValidationException
 */
export function refuseUnseenImages({ messages }: ConverseRequestDto): void {
  for (const [index, { content }] of (messages ?? []).entries()) {
    const block = content.findIndex(({ image }) => image?.source instanceof ImageAddress);
    if (block !== -1) throw unseenImage(`messages.${index}.content.${block}.image.source`);
  }
}

/** An image of which the request has only the address. */
export function unseenImage(path: string): ValidationException {
  return new ValidationException(
    `The value at ${path} is not supported: the guardrail cannot examine an image at an address. Send the image as base64.`,
    { path },
  );
}
