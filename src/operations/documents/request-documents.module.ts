import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../documents/documents.module.js';
import { RequestDocuments } from './request-documents.js';

@Module({ imports: [DocumentsModule], providers: [RequestDocuments], exports: [RequestDocuments] })
export class RequestDocumentsModule {}
