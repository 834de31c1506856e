import { existsSync, readFileSync } from 'node:fs';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ManagementPort } from './management-port.js';

/** Beside the sources and beside `dist`. */
const FILE = new URL('../../../docs/openapi.json', import.meta.url);
const PATH = '/openapi.json';

/** Serves the OpenAPI document of the main port's operations. It describes them and holds nothing of their requests. */
@Injectable()
export class OpenApiDocument implements OnModuleInit {
  constructor(private readonly port: ManagementPort) {}

  onModuleInit(): void {
    if (!existsSync(FILE)) return;
    const text = readFileSync(FILE);
    this.port.mount(PATH, (request, response) => {
      if (request.url !== PATH || request.method !== 'GET') return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    });
  }
}
