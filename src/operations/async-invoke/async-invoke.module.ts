import { Module } from '@nestjs/common';
import { ModelOperationsModule } from '../model-operations.module.js';
import { AsyncInvokeController } from './async-invoke.controller.js';

@Module({ imports: [ModelOperationsModule], controllers: [AsyncInvokeController] })
export class AsyncInvokeModule {}
