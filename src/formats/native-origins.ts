import type { ConverseResponse, OutputContentBlock } from '../bedrock/converse/converse-response.js';
import type { AnswerInfo, ReducedRequest } from './hub-format.js';
import { ValueMarks } from './value-marks.js';

/** Where a value of a native answer comes from. */
interface NativeOrigin {
  readonly path: string;
  /** Paths in the Converse answer, or words. */
  readonly from: readonly string[];
  readonly isCopy: boolean;
}

/** Members that say why the answer ended, in the words of the formats. */
const STOPS: ReadonlySet<string> = new Set([
  'stop_reason',
  'stopReason',
  'finish_reason',
  'completionReason',
  'stop',
  'stop_sequence',
]);
const GUARDRAIL_MEMBERS = ['amazon-bedrock-guardrailAction', 'amazon-bedrock-trace'];

/** Where each value of a native answer comes from: its writer is run once more, on marks in place of the answer's values. */
export function nativeOrigins(
  reduced: ReducedRequest,
  response: ConverseResponse,
  info: AnswerInfo,
): NativeOrigin[] {
  const marks = new ValueMarks();
  const written = reduced.toResponse(marked(response, marks), info);
  const guarded = GUARDRAIL_MEMBERS.map((path) => ({ path, from: ['guardrail'], isCopy: false }));
  return [...guarded, ...originsIn(written, '', marks)];
}

function marked(response: ConverseResponse, marks: ValueMarks): ConverseResponse {
  const { output, usage, additionalModelResponseFields: fields } = response;
  const content = output.message.content.map((block, index) =>
    markedBlock(block, `output.message.content.${index}`, marks),
  );
  return {
    ...response,
    output: { message: { ...output.message, content } },
    usage: marks.inside(usage, 'usage'),
    ...(fields && {
      additionalModelResponseFields: marks.inside(fields, 'additionalModelResponseFields'),
    }),
  };
}

function markedBlock(block: OutputContentBlock, path: string, marks: ValueMarks): OutputContentBlock {
  if (!('toolUse' in block)) return marks.inside(block, path);
  return {
    toolUse: {
      ...marks.inside({ ...block.toolUse, input: {} }, `${path}.toolUse`),
      input: marks.object(`${path}.toolUse.input`),
    },
  };
}

function originsIn(written: unknown, path: string, marks: ValueMarks): NativeOrigin[] {
  const copied = marks.copyOf(written);
  if (copied !== undefined) return [{ path, from: [copied], isCopy: true }];
  if (typeof written === 'object' && written !== null && Object.keys(written).length > 0) {
    return Object.entries(written).flatMap(([name, member]) =>
      originsIn(member, path === '' ? name : `${path}.${name}`, marks),
    );
  }
  const sources = marks.sourcesOf(written);
  if (sources.length > 0) return [{ path, from: sources, isCopy: false }];
  const isStop = STOPS.has(path.slice(path.lastIndexOf('.') + 1));
  return [{ path, from: [isStop ? 'stopReason' : 'default'], isCopy: false }];
}
