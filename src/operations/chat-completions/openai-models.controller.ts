import { Controller, Get } from '@nestjs/common';
import { CurrentClient } from '../../auth/current-client.js';
import { BedrockException } from '../../bedrock/bedrock.exception.js';
import type { ModelId as ReadModelId } from '../../bedrock/model-id.js';
import { Configurations, type Client } from '../../config/configuration.js';
import { CallableModels } from '../callable-models.js';
import { ModelId } from '../model-id.decorator.js';
import { MODELS_PATHS } from './openai-paths.js';

/** The `openai` package's `Model`. */
interface OpenAIModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

interface OpenAIModelList {
  readonly object: 'list';
  readonly data: readonly OpenAIModel[];
}

/** The models that a client may call, as OpenAI's API lists them. */
@Controller(MODELS_PATHS)
export class OpenAIModelsController {
  constructor(private readonly configurations: Configurations) {}

  /** https://platform.openai.com/docs/api-reference/models/list */
  @Get()
  listModels(@CurrentClient() client: Client): OpenAIModelList {
    const callable = new CallableModels(this.configurations.current, client);
    return { object: 'list', data: callable.named.map(({ text }) => toModel(text)) };
  }

  /**
   * Finds any model that the client may call, listed or not.
   * @throws BedrockException `ResourceNotFoundException`
   */
  @Get('*modelId')
  retrieveModel(@ModelId() modelId: ReadModelId, @CurrentClient() client: Client): OpenAIModel {
    const callable = new CallableModels(this.configurations.current, client);
    if (callable.has(modelId)) return toModel(modelId.text);
    throw new BedrockException(
      'ResourceNotFoundException',
      'There is no model of this id that you may call.',
    );
  }
}

/** When a model was made, and by whom, is known only to its server. */
function toModel(id: string): OpenAIModel {
  return { id, object: 'model', created: 0, owned_by: 'system' };
}
