import type {
  ContentBlockDelta,
  ContentBlockStartEvent,
  ConverseStreamEvent,
} from '../../src/bedrock/converse/converse-stream-event.js';

export interface StreamedBlock {
  kind: 'text' | 'reasoning' | 'toolUse';
  /** The joined pieces of text, reasoning or input. */
  text: string;
  toolUseId?: string;
  name?: string;
  signature?: string;
}

/**
 * Reads events as a strict client would, and returns their blocks. `failed`: the stream ended with an
 * exception, so the message has no end.
 * @throws Error at the first event that Bedrock would not send at this place
 */
export function blocksInLegalOrder(
  events: readonly ConverseStreamEvent[],
  { failed = false }: { failed?: boolean } = {},
): StreamedBlock[] {
  const reader = new StrictReader();
  for (const event of events) reader.read(event);
  reader.end(failed);
  return reader.blocks;
}

/** `message` is over after messageStop, and everything is over after metadata. */
type Phase = 'before' | 'message' | 'stopped' | 'over';

class StrictReader {
  readonly blocks: StreamedBlock[] = [];
  private phase: Phase = 'before';
  private open?: StreamedBlock;

  read(event: ConverseStreamEvent): void {
    expectThat(Object.keys(event).length === 1, 'an event has one member');
    if ('messageStart' in event) this.move('before', 'message');
    else if ('contentBlockStart' in event) this.start(event.contentBlockStart);
    else if ('contentBlockDelta' in event) {
      const { contentBlockIndex, delta } = event.contentBlockDelta;
      this.delta(contentBlockIndex, delta);
    } else if ('contentBlockStop' in event) this.stop(event.contentBlockStop.contentBlockIndex);
    else if ('messageStop' in event) {
      expectThat(this.open === undefined, 'messageStop comes after the last block');
      this.move('message', 'stopped');
    } else this.move('stopped', 'over');
  }

  end(failed: boolean): void {
    expectThat(
      failed ? this.phase === 'message' || this.phase === 'before' : this.phase === 'over',
      'the end',
    );
  }

  private start({ contentBlockIndex, start }: ContentBlockStartEvent): void {
    const { toolUseId, name } = start.toolUse;
    expectThat(/^[a-zA-Z0-9_.:-]{1,64}$/.test(toolUseId), 'a toolUseId in Bedrock’s form');
    expectThat(
      this.blocks.every((block) => block.toolUseId !== toolUseId),
      'each toolUseId once',
    );
    this.openBlock(contentBlockIndex, { kind: 'toolUse', text: '', toolUseId, name });
  }

  private delta(contentBlockIndex: number, delta: ContentBlockDelta): void {
    const { kind, text, signature } = readDelta(delta);
    if (this.open === undefined) {
      expectThat(kind !== 'toolUse', 'a toolUse delta comes after its start');
      this.openBlock(contentBlockIndex, { kind, text: '' });
    }
    const { open } = this;
    expectThat(contentBlockIndex === this.blocks.length - 1, 'a delta of the open block');
    if (open === undefined) return;
    expectThat(open.kind === kind, 'one kind of delta a block');
    expectThat(open.signature === undefined, 'the signature comes last');
    expectThat(text !== '' || signature !== undefined, 'no empty deltas');
    expectThat(text.length <= 262_144, 'no giant deltas');
    open.text += text;
    open.signature = signature;
  }

  private stop(contentBlockIndex: number): void {
    const { open } = this;
    expectThat(open !== undefined && contentBlockIndex === this.blocks.length - 1, 'the open block stops');
    expectThat(open?.text !== '', 'no empty blocks');
    expectThat(open?.kind !== 'reasoning' || open.signature !== undefined, 'reasoning is signed');
    this.open = undefined;
  }

  private openBlock(contentBlockIndex: number, block: StreamedBlock): void {
    expectThat(this.phase === 'message', 'blocks are in the message');
    expectThat(this.open === undefined, 'one block at a time');
    expectThat(contentBlockIndex === this.blocks.length, 'indexes without gaps');
    this.blocks.push(block);
    this.open = block;
  }

  private move(from: Phase, to: Phase): void {
    expectThat(this.phase === from, `${to} comes after ${from}`);
    this.phase = to;
  }
}

function readDelta(delta: ContentBlockDelta): {
  kind: StreamedBlock['kind'];
  text: string;
  signature?: string;
} {
  if ('text' in delta) return { kind: 'text', text: delta.text };
  if ('toolUse' in delta) return { kind: 'toolUse', text: delta.toolUse.input };
  const { reasoningContent } = delta;
  return 'text' in reasoningContent
    ? { kind: 'reasoning', text: reasoningContent.text }
    : { kind: 'reasoning', text: '', signature: reasoningContent.signature };
}

function expectThat(legal: boolean, rule: string): void {
  if (!legal) throw new Error(`Not in legal order: ${rule}`);
}
