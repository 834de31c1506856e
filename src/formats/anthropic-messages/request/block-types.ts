import type { DtoClass, Variants } from '../../../bedrock/validation/dto-members.js';

/** Classes by the value of `type`, which every block, source and tool of Anthropic's API has. */
export function byType(classes: Readonly<Record<string, () => DtoClass>>): Variants {
  const types = new Map(Object.entries(classes));
  return {
    tag: 'type',
    classOf: (type) => (typeof type === 'string' ? types.get(type)?.() : undefined),
    constraint: `Member must satisfy enum value set: [${[...types.keys()].join(', ')}]`,
  };
}
