import { Module } from '@nestjs/common';
import { FoundationModelsController } from './foundation-models.controller.js';
import { FoundationModelsService } from './foundation-models.service.js';

@Module({ controllers: [FoundationModelsController], providers: [FoundationModelsService] })
export class FoundationModelsModule {}
