import type { ContentBlockDto } from '../bedrock/converse/content-block.dto.js';
import type { ConverseRequestDto } from '../bedrock/converse/converse-request.dto.js';
import type { DtoClass } from '../bedrock/validation/dto-members.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import { unknownMembers } from '../bedrock/validation/unknown-members.js';
import { validated } from '../bedrock/validation/validation.pipe.js';
import type { AnswerInfo, AnswerWriter, HubFormat, ReducedRequest } from './hub-format.js';
import { NativePaths } from './native-paths.js';
import { promptFamily } from './prompt-family.js';
import { type PromptTemplate, promptToTurns } from './prompt-template.js';
import { lastTextOf } from './request-text.js';
import { addSampling } from './sampling.js';
import { type TextAnswer, textOf, toTextAnswer } from './text-answer.js';
import { type TextChunks, TextStream } from './text-stream.js';
import { addToLastUserMessage, turnsToRequest } from './turns.js';

/** What a body with a prompt asks for. */
interface PromptRequest {
  readonly prompt: string;
  readonly sampling: Parameters<typeof addSampling>[2];
  /** Images that belong to the prompt. */
  readonly blocks?: readonly ContentBlockDto[];
}

/** How one format writes answers. */
interface TextWriter {
  whole(this: void, answer: TextAnswer & { readonly text: string }, info: AnswerInfo, prompt: string): object;
  stream(this: void, info: AnswerInfo): TextChunks;
}

/** A format whose body has one prompt, and whose answer is one text. */
interface PromptFormat<Body extends object> extends Pick<HubFormat, 'name'> {
  /** Left out: by the member `prompt`, those beside it, and the model's maker. */
  readonly matches?: HubFormat['matches'];
  readonly dto: DtoClass<Body>;
  readonly promptPath: string;
  /** Templates that are told by words, and only in this format. */
  readonly templates?: readonly PromptTemplate[];
  /** Members without an equivalent. */
  readonly ignored?: readonly (keyof Body & string)[];
  /** Whether the answer tells the stop sequence that ended it. */
  readonly tellsStopSequence?: boolean;
  /** @throws ValidationException */
  read(this: void, body: Body, paths: NativePaths): PromptRequest;
  readonly writer: TextWriter;
}

/** Makes a hub format of a prompt format. */
export function promptFormat<Body extends object>(format: PromptFormat<Body>): HubFormat {
  const { name, matches = (body, family) => promptFamily(body, family) === name } = format;
  return {
    kind: 'hub',
    name,
    matches,
    reduce: (body) => reducePrompt(format, body),
    answers: (request) => answerWriter(format.writer, lastTextOf(request)),
    isTextOnly: true,
  };
}

function answerWriter(writer: TextWriter, prompt: string): AnswerWriter {
  return {
    toResponse: (response, info) => {
      const { stopReason, usage, additionalModelResponseFields } = response;
      const answer = toTextAnswer(stopReason, usage, additionalModelResponseFields);
      return writer.whole({ ...answer, text: textOf(response) }, info, prompt);
    },
    openStream: (info) => new TextStream(writer.stream(info)),
  };
}

function reducePrompt<Body extends object>(format: PromptFormat<Body>, json: JsonObject): ReducedRequest {
  const { dto, promptPath, templates, ignored = [], tellsStopSequence = false, read, writer } = format;
  const body = validated(dto, json);
  const paths = new NativePaths();
  const { prompt, sampling, blocks = [] } = read(body, paths);
  const request: ConverseRequestDto = turnsToRequest(promptToTurns(prompt, templates), promptPath, paths);
  if (blocks.length > 0) addToLastUserMessage(request, blocks);
  addSampling(request, paths, sampling);
  if (tellsStopSequence) request.additionalModelResponseFieldPaths = ['/stop_sequence'];
  return {
    request,
    // the endpoint for prompts takes no images
    ...(blocks.length === 0 && { prompt }),
    ignored: ignored.filter((member) => body[member] != null),
    hints: unknownMembers(dto, json),
    nativePath: (path) => paths.resolve(request, path),
    ...answerWriter(writer, prompt),
  };
}
