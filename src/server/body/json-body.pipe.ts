import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { Settings } from '../../config/settings.js';
import { measureJson } from './measure-json.js';
import { assertWithinLimits } from './json-limits.js';
import { bytesToText, parseLongJson } from './parse-long-json.js';
import { readBody, SHORT_JSON_BYTES } from './read-body.js';

/**
 * Longer bodies take a millisecond or more to read, to parse and to translate. The event loop turns between these
 * steps, so that other requests do not wait for all of them at once.
 */
const LONG_BYTES = 256 * 1024;

/** Request → its body as parsed JSON; undefined when there is none. Runs after the guards. */
@Injectable()
export class JsonBodyPipe implements PipeTransform<IncomingMessage, Promise<unknown>> {
  constructor(private readonly settings: Settings) {}

  /** @throws ValidationException when the body is too large, too deep, too wide, or not JSON */
  async transform(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request, this.settings.server);
    if (body.length === 0) return undefined;
    if (body.length <= LONG_BYTES) return withinLimits(body, parse(body));
    await setImmediate();
    const parsed = withinLimits(body, parse(body));
    await setImmediate();
    return parsed;
  }
}

/** Checks short JSON, which was not checked while it arrived. */
function withinLimits(body: Buffer, parsed: unknown): unknown {
  if (body.length <= SHORT_JSON_BYTES) assertWithinLimits(measureJson(parsed));
  return parsed;
}

function parse(body: Buffer): unknown {
  try {
    return body.length <= SHORT_JSON_BYTES ? JSON.parse(bytesToText(body)) : parseLongJson(body);
  } catch (cause) {
    // the parser's own message quotes the body
    throw new ValidationException('The request body is not valid JSON', { cause });
  }
}
