/** A call that was not made: the last ones to this target have failed too often. */
export class TargetOpenError extends Error {
  override readonly name = 'TargetOpenError';
}
