import { Required } from '../bedrock/validation/required.decorator.js';
import { Text } from '../bedrock/validation/text.decorator.js';

/** A body that names the model, because the path does not. */
export class NamedModelDto {
  @Required() @Text({ min: 1 }) model!: string;
}
