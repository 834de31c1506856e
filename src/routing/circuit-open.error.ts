/** A call that was not made: the last ones to this target have failed too often. */
export class CircuitOpenError extends Error {
  override readonly name = 'TargetOpenError';
}
