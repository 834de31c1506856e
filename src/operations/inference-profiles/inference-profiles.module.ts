import { Module } from '@nestjs/common';
import { InferenceProfilesController } from './inference-profiles.controller.js';
import { InferenceProfilesService } from './inference-profiles.service.js';

@Module({ controllers: [InferenceProfilesController], providers: [InferenceProfilesService] })
export class InferenceProfilesModule {}
