import { Injectable } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import type { ConverseRequestDto } from '../../bedrock/converse/converse-request.dto.js';
import type { CountTokensRequestDto } from '../../bedrock/count-tokens/count-tokens-request.dto.js';
import type { CountTokensResponse } from '../../bedrock/count-tokens/count-tokens-response.js';
import { Settings } from '../../config/settings.js';
import { detectFormat } from '../../formats/detect-format.js';
import type { HubFormat } from '../../formats/hub-format.js';
import type { JsonObject } from '../../bedrock/validation/rule.js';
import { separateBedrockMembers } from '../invoke-model/guardrail-body.js';
import { inNativePaths } from '../invoke-model/in-native-paths.js';
import { nativeException } from '../invoke-model/native-exception.js';
import { assertEquivalents } from '../invoke-model/unsupported-members.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationResult } from '../operation-result.js';
import { ChatCountService } from './chat-count.service.js';
import { CountTokensService } from './count-tokens.service.js';
import { BODY_PATH, decodeBody } from './invoke-body.js';
import { reduceToCount } from './reduce-to-count.js';
import { estimateEmbeddings, estimateRerank } from './texts-of-body.js';
import { estimatedResult } from './token-counting.js';

type Result = OperationResult<CountTokensResponse>;

const CONVERSE_PATH = 'input.converse';
const inBody = (path: string): string => `${BODY_PATH}.${path}`;

/** CountTokens: counts a Converse request, or the body of an InvokeModel request. */
@Injectable()
export class CountInputService {
  constructor(
    private readonly countTokensService: CountTokensService,
    private readonly chatCountService: ChatCountService,
    private readonly settings: Settings,
  ) {}

  /** @throws BedrockException whose paths begin with that of the input */
  async countInput(
    { input: { converse, invokeModel } }: CountTokensRequestDto,
    context: OperationContext,
  ): Promise<Result> {
    if (converse != null) return this.countConverse(converse, context);
    if (invokeModel == null) throw new Error('The input has neither member'); // the DTO refuses it
    return this.countBody(invokeModel.body, context);
  }

  private countConverse(request: ConverseRequestDto, context: OperationContext): Promise<Result> {
    const paths = { reported: [], nativePath: (path: string) => `${CONVERSE_PATH}.${path}` };
    return inNativePaths(paths, context, () => this.countTokensService.count(request, context));
  }

  private async countBody(base64: string, context: OperationContext): Promise<Result> {
    const json = decodeBody(base64);
    const { body } = inBodyPaths(() => separateBedrockMembers(json));
    const { modelId, rule } = context.route;
    const hasEmbeddingSettings = rule.embeddings !== undefined;
    const format = detectFormat(body, { modelId, invokeFormat: rule.invokeFormat, hasEmbeddingSettings });
    if (format.kind === 'hub') return this.countReduced(body, format, context);
    if (format.kind === 'chat-completions') return this.countChat(body, context);
    if (format.kind === 'embeddings') {
      const clues = { modelId, hasEmbeddingSettings };
      return estimatedResult(
        inBodyPaths(() => estimateEmbeddings(body, format, clues)),
        context,
      );
    }
    if (format.kind === 'rerank')
      return estimatedResult(
        inBodyPaths(() => estimateRerank(body, format)),
        context,
      );
    throw new ValidationException(`Bodies of the format ${format.name} cannot be counted.`);
  }

  private countChat(body: JsonObject, context: OperationContext): Promise<Result> {
    const paths = { reported: [], nativePath: inBody };
    return inNativePaths(paths, context, () => this.chatCountService.count(body, context));
  }

  private async countReduced(
    body: JsonObject,
    format: HubFormat,
    context: OperationContext,
  ): Promise<Result> {
    const reduced = inBodyPaths(() => reduceToCount(body, format));
    const paths = {
      reported: [...reduced.ignored, ...reduced.hints].map(inBody),
      nativePath: (path: string) => inBody(reduced.nativePath(path)),
    };
    inBodyPaths(() => assertEquivalents(reduced, this.settings.unsupportedParameters));
    return inNativePaths(paths, context, () => this.countTokensService.count(reduced.request, context));
  }
}

function inBodyPaths<Value>(reduce: () => Value): Value {
  try {
    return reduce();
  } catch (error) {
    throw nativeException(error, inBody);
  }
}
