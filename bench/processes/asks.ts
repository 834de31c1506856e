/** Sends a request to a child process over its IPC channel, and resolves to the reply. */
export interface Ask {
  readonly id: number;
  readonly name: string;
  readonly value: unknown;
}

export interface AskReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

type Handler = (value: never) => unknown;

/**
 * In the child: answers requests with these names, and leaves the others to other listeners. The channel does
 * not keep the process alive, and the child ends when its parent is gone.
 */
export function answerAsks(handlers: Readonly<Record<string, Handler>>): void {
  process.on('message', (message) => {
    const ask = message as Ask; // the parent sends nothing else
    const handler = handlers[ask.name];
    if (handler !== undefined) void reply(ask, handler);
  });
  process.once('disconnect', () => process.exit());
  process.channel?.unref();
}

async function reply(ask: Ask, handler: Handler): Promise<void> {
  const answer: AskReply = await Promise.resolve(ask.value as never) // both sides share the types of an ask
    .then(handler)
    .then((value) => ({ id: ask.id, value }))
    .catch((error: unknown) => ({ id: ask.id, error: String(error) }));
  process.send?.(answer);
}
