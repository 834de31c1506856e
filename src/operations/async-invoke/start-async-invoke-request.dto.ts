import { Required } from '../../bedrock/validation/required.decorator.js';
import { Text } from '../../bedrock/validation/text.decorator.js';

/** The member of StartAsyncInvoke that is read: the rest does not matter for an operation that is not offered. */
export class StartAsyncInvokeRequestDto {
  @Required() @Text({ min: 1 }) modelId!: string;
}
