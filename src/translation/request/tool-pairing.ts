import { ValidationException } from '../../bedrock/bedrock.exception.js';

/**
 * Holds that every tool use is answered in the turn after it, in the words of Bedrock. Consecutive messages of one role
 * are one turn: some clients send a message for every call and for every result.
 */
export class ToolPairing {
  /** The calls of the turn that was last to make some, and which of them wait. */
  private readonly used = new Set<string>();
  private readonly open = new Set<string>();
  private readonly answered = new Set<string>();
  /** Where the results are missing. */
  private resultsPath?: string;
  private inResults = false;

  /** Whether a result must come before anything else. */
  get waits(): boolean {
    return this.open.size > 0;
  }

  /** Whether a message of the assistant is part of the turn whose calls wait. */
  get isInCalls(): boolean {
    return this.waits && !this.inResults;
  }

  /**
   * A message of the assistant uses these tools, or none.
   * @throws ValidationException when an id stands twice, or calls of an earlier turn have no result
   */
  use(toolUseIds: readonly string[], path: string): void {
    if (!this.isInCalls) this.close(path);
    this.resultsPath = toolUseIds.length === 0 ? (this.resultsPath ?? path) : undefined;
    for (const toolUseId of toolUseIds) {
      if (this.used.has(toolUseId)) throw duplicate('toolUse', toolUseId, path);
      this.used.add(toolUseId);
      this.open.add(toolUseId);
    }
  }

  /**
   * A message of the user brings these results, or none.
   * @throws ValidationException when they cannot be results of the turn before
   */
  answer(toolUseIds: readonly string[], path: string): void {
    this.resultsPath ??= path;
    this.inResults = true;
    if (this.answered.size + toolUseIds.length > this.used.size) {
      throw new ValidationException(
        `The number of toolResult blocks at ${path}.content exceeds the number of toolUse blocks of previous turn.`,
      );
    }
    for (const toolUseId of toolUseIds) {
      if (this.answered.has(toolUseId)) throw duplicate('toolResult', toolUseId, path);
      this.answered.add(toolUseId);
      this.open.delete(toolUseId);
    }
  }

  /**
   * The turn that brings results is over. `path` is where they belong when it never began.
   * @throws ValidationException when a result is missing
   */
  close(path: string): void {
    if (this.waits) {
      throw new ValidationException(
        `Expected toolResult blocks at ${this.resultsPath ?? path}.content for the following Ids: ${[...this.open].join(', ')}`,
        {
          brokenRule: `Expected ${this.open.size} more toolResult blocks at ${this.resultsPath ?? path}.content`,
        },
      );
    }
    this.used.clear();
    this.answered.clear();
    this.resultsPath = undefined;
    this.inResults = false;
  }
}

function duplicate(block: 'toolUse' | 'toolResult', toolUseId: string, path: string): ValidationException {
  const brokenRule = `The ${block} blocks at ${path}.content contain duplicate Ids`;
  return new ValidationException(`${brokenRule}: ${toolUseId}`, { brokenRule });
}
