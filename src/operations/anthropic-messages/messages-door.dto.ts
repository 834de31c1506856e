import { IsOptional } from 'class-validator';
import { Flag } from '../../bedrock/validation/flag.decorator.js';

/** What Anthropic's own API has in the body beside the message format of InvokeModel, without `model`. */
export class MessagesDoorDto {
  @IsOptional() @Flag() stream?: boolean;
}
