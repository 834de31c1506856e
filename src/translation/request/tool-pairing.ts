import { ValidationException } from '../../bedrock/bedrock.exception.js';

/**
 * Checks that every tool use has a result in the next turn, with Bedrock's error messages. Consecutive messages of one
 * role are one turn, because some clients send a separate message for every call and every result.
 */
export class ToolPairing {
  /** The calls of the latest turn with calls, and those of them without a result so far. */
  private readonly used = new Set<string>();
  private readonly open = new Set<string>();
  private readonly answered = new Set<string>();
  /** The path where the results belong. */
  private resultsPath?: string;
  private inResults = false;

  /** Whether calls wait for a result, which must come next. */
  get waits(): boolean {
    return this.open.size > 0;
  }

  /** Whether an assistant message would belong to the same turn as the calls that wait for a result. */
  get isInCalls(): boolean {
    return this.waits && !this.inResults;
  }

  /**
   * Records the tool uses of an assistant message.
   * @throws ValidationException when an id is repeated, or a call of an earlier turn has no result
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
   * Records the tool results of a user message.
   * @throws ValidationException when an id is repeated, or there are more results than calls
   */
  answer(toolUseIds: readonly string[], path: string): void {
    this.resultsPath ??= path;
    this.inResults = true;
    if (this.answered.size + toolUseIds.length > this.used.size) {
      throw new ValidationException(
        `The number of toolResult blocks at ${path}.content exceeds the number of toolUse blocks of previous turn.`,
        { path: `${path}.content` },
      );
    }
    for (const toolUseId of toolUseIds) {
      if (this.answered.has(toolUseId)) throw duplicate('toolResult', toolUseId, path);
      this.answered.add(toolUseId);
      this.open.delete(toolUseId);
    }
  }

  /**
   * Ends the turn with the results. `path` is where results belong when there was no such turn.
   * @throws ValidationException when a result is missing
   */
  close(path: string): void {
    if (this.waits) {
      const where = `${this.resultsPath ?? path}.content`;
      throw new ValidationException(
        `Expected toolResult blocks at ${where} for the following Ids: ${[...this.open].join(', ')}`,
        { brokenRule: `Expected ${this.open.size} more toolResult blocks at ${where}`, path: where },
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
  return new ValidationException(`${brokenRule}: ${toolUseId}`, { brokenRule, path: `${path}.content` });
}
