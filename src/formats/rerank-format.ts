import type { RerankRequest, RerankResult } from '../bedrock/rerank/rerank-request.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import type { InvokeFormatName } from '../config/invoke-format-names.js';
import type { ModelFamily } from './model-family.js';
import type { NativeRequest } from './native-request.js';

/** A native format of ranking documents. */
export interface RerankFormat {
  readonly kind: 'rerank';
  readonly name: InvokeFormatName;
  /** Whether the body has this format. The family only decides between formats whose bodies look alike. */
  matches(this: void, body: JsonObject, family: ModelFamily): boolean;
  /**
   * Native body → request.
   * @throws ValidationException naming the path in the native body
   */
  reduce(this: void, body: JsonObject): NativeRequest<RerankRequest, RerankResult>;
}
