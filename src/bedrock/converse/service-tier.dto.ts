import { Choice } from '../validation/choice.decorator.js';
import { Required } from '../validation/required.decorator.js';

const SERVICE_TIER_TYPES = ['priority', 'default', 'flex', 'reserved'] as const;

export type ServiceTierType = (typeof SERVICE_TIER_TYPES)[number];

export class ServiceTierDto {
  @Required() @Choice(SERVICE_TIER_TYPES) type!: ServiceTierType;
}
