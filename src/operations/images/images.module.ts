import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { ImagesHandler } from './images.handler.js';
import { ImagesService } from './images.service.js';

@Module({
  imports: [ModelOperationsModule],
  providers: [ImagesService, ImagesHandler],
  exports: [ImagesHandler],
})
export class ImagesModule {}
