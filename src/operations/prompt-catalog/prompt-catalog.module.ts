import { Module } from '@nestjs/common';
import { PromptCatalogController } from './prompt-catalog.controller.js';
import { PromptCatalogService } from './prompt-catalog.service.js';

@Module({ controllers: [PromptCatalogController], providers: [PromptCatalogService] })
export class PromptCatalogModule {}
