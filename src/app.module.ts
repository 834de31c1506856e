import { createHash, randomBytes } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuthModule } from './auth/auth.module.js';
import { ConfigModule, type ReadEnvironment } from './config/config.module.js';
import { ConfigurationsModule } from './config/configurations.module.js';
import { Settings } from './config/settings.js';
import { HealthModule } from './health/health.module.js';
import { InspectorModule } from './inspector/inspector.module.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { AnthropicMessagesModule } from './operations/anthropic-messages/anthropic-messages.module.js';
import { ChatCompletionsModule } from './operations/chat-completions/chat-completions.module.js';
import { AsyncInvokeModule } from './operations/async-invoke/async-invoke.module.js';
import { ApplyGuardrailModule } from './operations/apply-guardrail/apply-guardrail.module.js';
import { GuardrailCatalogModule } from './operations/guardrail-catalog/guardrail-catalog.module.js';
import { GuardrailChecksModule } from './operations/guardrail-checks/guardrail-checks.module.js';
import { ConverseModule } from './operations/converse/converse.module.js';
import { ConverseStreamModule } from './operations/converse-stream/converse-stream.module.js';
import { CountTokensModule } from './operations/count-tokens/count-tokens.module.js';
import { FoundationModelsModule } from './operations/foundation-models/foundation-models.module.js';
import { InferenceProfilesModule } from './operations/inference-profiles/inference-profiles.module.js';
import { InvokeModelModule } from './operations/invoke-model/invoke-model.module.js';
import { PromptCatalogModule } from './operations/prompt-catalog/prompt-catalog.module.js';
import { RerankModule } from './operations/rerank/rerank.module.js';
import { ServerModule } from './server/server.module.js';
import { TranslationModule } from './translation/translation.module.js';
import type { TranslationOptions } from './translation/translation.options.js';

/** 16 bytes are 22 characters of base64url: the form of AWS's own ids. */
const TOOL_USE_ID_BYTES = 16;

/** The map of the service: one import per room. */
@Module({})
export class AppModule {
  /** @param root the logger of the process */
  static forRoot(root: Logger, environment: ReadEnvironment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(environment),
        ConfigurationsModule,
        ServerModule,
        ObservabilityModule.forRoot(root),
        AuthModule,
        TranslationModule.forRootAsync({ inject: [Settings], useFactory: translationOptions }),
        AnthropicMessagesModule,
        ChatCompletionsModule,
        ConverseModule,
        ConverseStreamModule,
        CountTokensModule,
        FoundationModelsModule,
        InferenceProfilesModule,
        InvokeModelModule,
        RerankModule,
        AsyncInvokeModule,
        ApplyGuardrailModule,
        GuardrailCatalogModule,
        GuardrailChecksModule,
        PromptCatalogModule,
        HealthModule,
        InspectorModule,
      ],
    };
  }
}

function translationOptions({ unsupportedParameters, inspector }: Settings): TranslationOptions {
  return {
    unsupportedParameters,
    recordsProvenance: inspector !== undefined,
    newToolUseId: () => `tooluse_${randomBytes(TOOL_USE_ID_BYTES).toString('base64url')}`,
    digest: (text) => createHash('sha256').update(text).digest(),
  };
}
