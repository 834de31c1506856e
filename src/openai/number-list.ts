import { JsonBytes } from '../streaming/json-bytes.js';

/** A list of finite numbers, and its JSON. */
export class NumberList extends JsonBytes {
  constructor(
    readonly values: readonly number[],
    bytes: Buffer = Buffer.from(JSON.stringify(values)),
  ) {
    super(bytes);
  }

  override toJSON(): readonly number[] {
    return this.values;
  }
}
