interface AbsentOperation {
  readonly path: RegExp;
  /** What to do instead. */
  readonly advice: string;
}

/** Operations that clients look for and that are not offered. */
const ABSENT: readonly AbsentOperation[] = [
  {
    path: /^\/model\/.+\/invoke-with-bidirectional-stream(?:[/?]|$)/,
    advice:
      'InvokeModelWithBidirectionalStream is not offered here: it needs an upstream that hears and speaks in real time. ' +
      'Use ConverseStream or InvokeModelWithResponseStream.',
  },
  {
    path: /^\/(?:openai\/)?v1\/responses(?:[/?]|$)/,
    advice:
      'The Responses API is not offered here. Send the conversation to POST /openai/v1/chat/completions, which takes tools, ' +
      'images and JSON schemas.',
  },
];

/** What to do in place of an operation that is not offered; undefined when nothing is known about the path. */
export function adviceForAbsent(url: string): string | undefined {
  return ABSENT.find(({ path }) => path.test(url))?.advice;
}
