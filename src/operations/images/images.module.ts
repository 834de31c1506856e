import { Module } from '@nestjs/common';
import { GuardrailsModule } from '../guardrails/guardrails.module.js';
import { ModelOperationsModule } from '../model-operations.module.js';
import { GuardedImagesService } from './guarded-images.service.js';
import { ImagesHandler } from './images.handler.js';
import { ImagesService } from './images.service.js';

@Module({
  imports: [GuardrailsModule, ModelOperationsModule],
  providers: [ImagesService, GuardedImagesService, ImagesHandler],
  exports: [ImagesHandler],
})
export class ImagesModule {}
