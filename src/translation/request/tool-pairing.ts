import { ValidationException } from '../../bedrock/bedrock.exception.js';

/** Holds that every tool use is answered in the turn after it, in the words of Bedrock. */
export class ToolPairing {
  private open: readonly string[] = [];

  /** Whether a result must come before anything else. */
  get waits(): boolean {
    return this.open.length > 0;
  }

  /**
   * An assistant turn uses these tools.
   * @throws ValidationException when an id stands twice
   */
  use(toolUseIds: readonly string[], path: string): void {
    refuseDuplicates('toolUse', toolUseIds, path);
    this.open = toolUseIds;
  }

  /**
   * A turn brings these results, or none.
   * @throws ValidationException when they are not the results of the turn before
   */
  answer(toolUseIds: readonly string[], path: string): void {
    if (toolUseIds.length > this.open.length) {
      throw new ValidationException(
        `The number of toolResult blocks at ${path}.content exceeds the number of toolUse blocks of previous turn.`,
      );
    }
    refuseDuplicates('toolResult', toolUseIds, path);
    const answered = new Set(toolUseIds);
    const missing = this.open.filter((toolUseId) => !answered.has(toolUseId));
    if (missing.length > 0) {
      throw new ValidationException(
        `Expected toolResult blocks at ${path}.content for the following Ids: ${missing.join(', ')}`,
      );
    }
    this.open = [];
  }
}

function refuseDuplicates(
  block: 'toolUse' | 'toolResult',
  toolUseIds: readonly string[],
  path: string,
): void {
  const seen = new Set<string>();
  for (const toolUseId of toolUseIds) {
    if (seen.has(toolUseId)) {
      throw new ValidationException(
        `The ${block} blocks at ${path}.content contain duplicate Ids: ${toolUseId}`,
      );
    }
    seen.add(toolUseId);
  }
}
