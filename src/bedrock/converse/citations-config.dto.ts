import { Flag } from '../validation/flag.decorator.js';
import { Required } from '../validation/required.decorator.js';

export class CitationsConfigDto {
  @Required() @Flag() enabled!: boolean;
}
