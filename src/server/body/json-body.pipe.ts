import type { IncomingMessage } from 'node:http';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { Settings } from '../../config/settings.js';
import { checkJsonBounds } from './json-bounds.js';
import { readBody } from './read-body.js';

/** Request → its body as parsed JSON; undefined when there is none. Runs after the guards. */
@Injectable()
export class JsonBodyPipe implements PipeTransform<IncomingMessage, Promise<unknown>> {
  constructor(private readonly settings: Settings) {}

  /** @throws ValidationException when the body is too large, too deep, too wide, or not JSON */
  async transform(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request, this.settings.server);
    if (body.length === 0) return undefined;
    checkJsonBounds(body);
    return parse(body.toString());
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    // the parser's own message quotes the body
    throw new ValidationException('The request body is not valid JSON', cause);
  }
}
