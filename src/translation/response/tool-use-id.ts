const BEDROCK_ID = /^[a-zA-Z0-9_.:-]{1,64}$/;

/** Assigns the tool-use ids of one message. An upstream's id is kept when it is valid for Bedrock and unique. */
export class ToolUseIds {
  private readonly used = new Set<string>();

  constructor(private readonly newToolUseId: () => string) {}

  /** The upstream's id when it is valid for Bedrock and not used yet, otherwise a new one. */
  claim(upstreamId: string | null | undefined): string {
    const usable =
      typeof upstreamId === 'string' && BEDROCK_ID.test(upstreamId) && !this.used.has(upstreamId);
    const id = usable ? upstreamId : this.newToolUseId();
    this.used.add(id);
    return id;
  }
}
