/** Request bodies as Bedrock's clients send them. */

const SMALL_BYTES = 283;
const TOOLS = 50;
/** Size of the 50 tools together, in bytes. */
const TOOLS_BYTES = 420_000;
/** Bytes of a property's name and its surroundings in a schema. */
const NAME_BYTES = 17;
const IMAGE_BYTES = 5 * 1024 * 1024;
/** One pair of messages in this many is a tool call and its result. */
const TOOL_EVERY = 5;

export type Json = Record<string, unknown>;

/** One question, of 283 bytes. */
export function smallBody(): Buffer {
  return toBytes(smallRequest());
}

export function smallRequest(): Json {
  const missing = SMALL_BYTES - toBytes(question('')).length;
  return question('What is the capital of France? '.padEnd(missing, 'Answer briefly. '));
}

/** 11 messages and 2 tools, about 5 kB. */
export function mediumBody(): Buffer {
  return toBytes(mediumRequest());
}

export function mediumRequest(): Json {
  return {
    ...SETTINGS,
    messages: messages(11, 300),
    toolConfig: { tools: [tool(0, 300), tool(1, 300)] },
  };
}

export function conversationBody(count: number): Buffer {
  return toBytes({ ...SETTINGS, messages: messages(count, 150) });
}

export function manyToolsBody(): Buffer {
  const tools = Array.from({ length: TOOLS }, (_, index) => tool(index, TOOLS_BYTES / TOOLS));
  return toBytes({ ...SETTINGS, messages: messages(3, 150), toolConfig: { tools } });
}

export function imageBody(): Buffer {
  const image = { format: 'png', source: { bytes: noise(IMAGE_BYTES).toString('base64') } };
  const content = [{ text: 'What is in this picture?' }, { image }];
  return toBytes({ ...SETTINGS, messages: [{ role: 'user', content }] });
}

function question(text: string): Json {
  return { ...SETTINGS, messages: [user(text)] };
}

const SETTINGS = {
  system: [{ text: 'You are a helpful assistant.' }],
  inferenceConfig: { maxTokens: 512, temperature: 0.2 },
};

/** An odd number of messages, so that the last one is the user's. */
function messages(count: number, characters: number): Json[] {
  return Array.from({ length: count }, (_, index) => message(index, prose(characters), index === count - 1));
}

function message(index: number, text: string, last: boolean): Json {
  const toolUseId = `tooluse_${Math.floor((index + 1) / 2)}`;
  const inToolPair = Math.floor((index + 1) / 2) % TOOL_EVERY === TOOL_EVERY - 1;
  if (index % 2 === 1) {
    const toolUse = { toolUseId, name: 'lookup_0', input: { query: text.slice(0, 40), limit: 10 } };
    return { role: 'assistant', content: inToolPair && !last ? [{ text }, { toolUse }] : [{ text }] };
  }
  if (!inToolPair || index === 0) return user(text);
  return { role: 'user', content: [{ toolResult: { toolUseId, content: [{ text }], status: 'success' } }] };
}

function user(text: string): Json {
  return { role: 'user', content: [{ text }] };
}

/** A tool whose schema has about this many bytes. */
function tool(index: number, bytes: number): Json {
  const property = { type: 'string', description: prose(60), enum: ['first', 'second', 'third'] };
  const count = Math.max(2, Math.round(bytes / (JSON.stringify(property).length + NAME_BYTES)));
  const properties = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`parameter_${at}`, property]),
  );
  const json = { type: 'object', properties, required: ['parameter_0'], additionalProperties: false };
  return { toolSpec: { name: `lookup_${index}`, description: prose(120), inputSchema: { json } } };
}

function prose(characters: number): string {
  return 'The quick brown fox "jumps" over the lazy dog; naïve café.\n'
    .repeat(characters / 50 + 1)
    .slice(0, characters);
}

/** Bytes that are the same in every run and cannot be compressed. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let offset = 0; offset < length; offset += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[offset] = state >>> 16;
  }
  return bytes;
}

export function toBytes(body: Json): Buffer {
  return Buffer.from(JSON.stringify(body));
}
