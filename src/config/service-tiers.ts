/** The tiers of Bedrock for which a route can have targets of their own. Targets without tiers serve the default one. */
export const ROUTED_TIERS = ['flex', 'priority', 'reserved'] as const;

export type RoutedTier = (typeof ROUTED_TIERS)[number];
