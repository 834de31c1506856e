import { LEFT } from './visit.ts';

const COMPLETE = ['complete'];
/** A model that has only failed for a while is left alone. */
const LEFT_ALONE = '503 ServiceUnavailableException';
const UNREACHABLE = ['500 InternalServerException', LEFT_ALONE];
const LATE = ['408 ModelTimeoutException', LEFT_ALONE];
const IN_THE_STREAM = ['modelStreamErrorException'];
/** It may come before the first event has been read. */
const RESET = [...IN_THE_STREAM, ...UNREACHABLE];

/** How a stream of each behaviour may end. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'fine-text': COMPLETE,
  'fine-tools': COMPLETE,
  'fine-reasoning': COMPLETE,
  'fine-flood': COMPLETE,
  refused: UNREACHABLE,
  throttled: ['429 ThrottlingException'],
  broken: UNREACHABLE,
  silent: LATE,
  'silent-after-headers': LATE,
  stalled: IN_THE_STREAM,
  truncated: IN_THE_STREAM,
  garbage: IN_THE_STREAM,
  'error-inside': IN_THE_STREAM,
  reset: RESET,
};

export function isExpected(model: string, ending: string): boolean {
  return ending === LEFT || (ENDINGS[model]?.includes(ending) ?? false);
}
