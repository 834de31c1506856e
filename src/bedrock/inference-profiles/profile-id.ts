/** Ids of cross-region profiles begin with a geography. */
const SYSTEM_DEFINED =
  /^(?<geography>us|us-gov|eu|apac|ap|au|jp|ca|sa|me|global)\.(?<modelId>[a-z0-9-]+\..+)$/;

/** `us.anthropic.claude-x` → us, anthropic.claude-x; undefined for the id of a model. */
export function parseProfileId(
  profileId: string,
): { readonly geography: string; readonly modelId: string } | undefined {
  const { geography, modelId } = SYSTEM_DEFINED.exec(profileId)?.groups ?? {};
  return geography === undefined || modelId === undefined ? undefined : { geography, modelId };
}
