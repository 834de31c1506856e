import { Module } from '@nestjs/common';
import { CallRecorder } from './call-recorder.js';
import { Inspector } from './inspector.js';

/** The page on which operators look at the last calls. */
@Module({ providers: [CallRecorder, Inspector] })
export class InspectorModule {}
