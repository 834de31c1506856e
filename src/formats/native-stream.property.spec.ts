import fc from 'fast-check';
import type { ContentBlockDelta, ConverseStreamEvent } from '../bedrock/converse/converse-stream-event.js';
import type { JsonObject } from '../bedrock/validation/rule.js';
import { ANTHROPIC_MESSAGES } from './anthropic-messages/anthropic-messages.js';
import type { HubFormat, NativeStream } from './hub-format.js';
import { NOVA } from './nova/nova.js';

const MESSAGES = [{ role: 'user', content: 'Hi' }];
const ANTHROPIC = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 2_000, messages: MESSAGES };
const OMITTED = { ...ANTHROPIC, thinking: { type: 'adaptive', display: 'omitted' } };
const NOVA_BODY = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] };

type PieceOf = (piece: string) => ContentBlockDelta;

const DELTAS: readonly PieceOf[] = [
  (text) => ({ text }),
  (input) => ({ toolUse: { input } }),
  (text) => ({ reasoningContent: { text } }),
];

const piece = fc.string({ unit: 'binary', maxLength: 20 });
const block = fc.record({ toDelta: fc.constantFrom(...DELTAS), pieces: fc.array(piece, { maxLength: 3 }) });

interface Step {
  readonly event: ConverseStreamEvent;
  /** Set for a delta. */
  readonly piece?: string;
}

/** Streams with more blocks than templates are kept for. */
const streams = fc.array(block, { maxLength: 20 }).map((contents) =>
  contents.flatMap(({ toDelta, pieces }, contentBlockIndex): Step[] => [
    ...pieces.map((text) => ({
      event: { contentBlockDelta: { contentBlockIndex, delta: toDelta(text) } },
      piece: text,
    })),
    { event: { contentBlockStop: { contentBlockIndex } } },
  ]),
);

/** What a stream writes when templates are used as far as it has them. */
function writtenByTemplate(stream: NativeStream, { event, piece: text = '' }: Step): object[] {
  const template = 'contentBlockDelta' in event ? stream.templateOf?.(event.contentBlockDelta) : undefined;
  return template === undefined ? stream.write(event) : [template.toChunk(text)];
}

describe('The templates of a native stream', () => {
  it.each<[name: string, format: HubFormat, body: JsonObject]>([
    ['Anthropic Messages', ANTHROPIC_MESSAGES, ANTHROPIC],
    ['Anthropic Messages without the text of thinking', ANTHROPIC_MESSAGES, OMITTED],
    ['Nova', NOVA, NOVA_BODY],
  ])('give the chunks that %s has without them, and change nothing', (_name, format, body) => {
    fc.assert(
      fc.property(streams, (steps) => {
        const reduced = format.reduce(body);
        const open = (): NativeStream => reduced.openStream({ modelId: 'm', id: 'id' });
        const [plain, templated] = [open(), open()];
        expect(steps.map((step) => writtenByTemplate(templated, step))).toEqual(
          steps.map(({ event }) => plain.write(event)),
        );
      }),
    );
  });

  it.each<[name: string, format: HubFormat, body: JsonObject, templates: boolean[]]>([
    ['Anthropic Messages', ANTHROPIC_MESSAGES, ANTHROPIC, [true, true, true]],
    ['Anthropic Messages without the text of thinking', ANTHROPIC_MESSAGES, OMITTED, [true, true, false]],
    ['Nova', NOVA, NOVA_BODY, [true, true, true]],
  ])('of %s exist for the pieces of an open block', (_name, format, body, templates) => {
    const exist = DELTAS.map((toDelta) => {
      const stream = format.reduce(body).openStream({ modelId: 'm', id: 'id' });
      const delta = { contentBlockIndex: 0, delta: toDelta('a') };
      stream.write({ contentBlockDelta: delta });
      return stream.templateOf?.(delta) !== undefined;
    });
    expect(exist).toEqual(templates);
  });
});
