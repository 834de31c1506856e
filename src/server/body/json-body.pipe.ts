import { isAscii } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { Settings } from '../../config/settings.js';
import { measureJson } from './measure-json.js';
import { assertWithinLimits } from './json-limits.js';
import { readBody, SHORT_JSON_BYTES } from './read-body.js';

/**
 * What takes a millisecond or more to read, to parse, and to translate: between them the event loop turns, so that
 * others are not held up by all of it at once.
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
    const json = toText(body);
    if (body.length <= LONG_BYTES) return withinLimits(body, parse(json));
    await setImmediate();
    const parsed = withinLimits(body, parse(json));
    await setImmediate();
    return parsed;
  }
}

/** Short JSON, which nobody has looked over yet. */
function withinLimits(body: Buffer, parsed: unknown): unknown {
  if (body.length <= SHORT_JSON_BYTES) assertWithinLimits(measureJson(parsed));
  return parsed;
}

/** Text without signs beyond ASCII need not be decoded, which is most of what a large body is. */
function toText(body: Buffer): string {
  return isAscii(body) ? body.toString('latin1') : body.toString();
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    // the parser's own message quotes the body
    throw new ValidationException('The request body is not valid JSON', { cause });
  }
}
