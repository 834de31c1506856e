import type { ImageRequest } from '../bedrock/images/image-request.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import type { ModelFamily } from './model-family.js';
import type { NativeRequest } from './native-request.js';

/** What a guardrail blocked, and the message of its configuration. */
interface BlockedImages {
  readonly side: 'input' | 'output';
  readonly message: string;
}

export interface NativeImageRequest extends NativeRequest<ImageRequest, readonly string[]> {
  /** The answer of a model that refuses the prompt, or shows none of its images. */
  toBlocked(this: void, blocked: BlockedImages): object;
}

/** A native format of generating images. */
export interface ImageGenerationFormat {
  readonly kind: 'images';
  readonly name: InvokeFormatName;
  /** Whether the body has this format. The family only decides between formats whose bodies look alike. */
  matches(this: void, body: JsonObject, family: ModelFamily): boolean;
  /**
   * Native body → request.
   * @throws ValidationException naming the path in the native body
   */
  reduce(this: void, body: JsonObject): NativeImageRequest;
}
