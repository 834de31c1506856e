import { isAscii } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationException } from '../../bedrock/bedrock.exception.js';
import { Settings } from '../../config/settings.js';
import { isWithin, MAX_DEPTH, tooDeep } from './json-depth.js';
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
    if (body.length <= SHORT_JSON_BYTES) return parseShort(toText(body));
    if (body.length <= LONG_BYTES) return parse(toText(body));
    const json = toText(body);
    await setImmediate();
    const parsed = parse(json);
    await setImmediate();
    return parsed;
  }
}

/** Text without signs beyond ASCII need not be decoded, which is most of what a large body is. */
function toText(body: Buffer): string {
  return isAscii(body) ? body.toString('latin1') : body.toString();
}

/** Nobody has looked over it yet. */
function parseShort(json: string): unknown {
  const parsed = parse(json);
  if (!isWithin(MAX_DEPTH, parsed)) throw tooDeep();
  return parsed;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    // the parser's own message quotes the body
    throw new ValidationException('The request body is not valid JSON', cause);
  }
}
