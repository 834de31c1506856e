/** The prompt that a request names in place of a model. The client may use it. */
export interface PromptRecord {
  /** Id and version: `PROMPT1234:2`. */
  readonly name: string;
  /** The request that was made of it. Undefined unless prompts are logged or inspected. */
  readonly filled?: object;
}
