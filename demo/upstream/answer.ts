import type {
  ChatCompletion,
  ChatCompletionCreateParams,
  ChatCompletionFunctionTool,
  ChatCompletionMessage,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';

const KNOWN: readonly [question: RegExp, answer: string][] = [
  [/capital of france/i, 'Paris is the capital of France.'],
  [/count (to|from one to) five/i, 'One, two, three, four, five.'],
];
const CHARACTERS_PER_TOKEN = 4;

/**
 * Chat completion params → a chat completion, by rules instead of a model: it reports the result of a tool,
 * calls a tool whose name shares a word with the question, answers a known question, and repeats any other.
 */
export function answer(params: ChatCompletionCreateParams): ChatCompletion {
  const message = reply(params);
  return {
    id: `chatcmpl-${Date.now()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: params.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', refusal: null, ...message },
        finish_reason: message.tool_calls ? 'tool_calls' : 'stop',
        logprobs: null,
      },
    ],
    usage: usage(params.messages, message),
  };
}

type Reply = Pick<ChatCompletionMessage, 'content' | 'tool_calls'>;

function reply({ messages, tools = [] }: ChatCompletionCreateParams): Reply {
  const last = messages.at(-1);
  if (last?.role === 'tool') return { content: `The tool says: ${spoken(textOf(last))}.` };
  const question = textOf(messages.findLast(({ role }) => role === 'user'));
  const tool = tools.filter((offered) => offered.type === 'function').find(isAbout(question));
  if (tool) return { content: null, tool_calls: [toolCall(tool, question)] };
  const known = KNOWN.find(([pattern]) => pattern.test(question));
  return { content: known?.[1] ?? `I answer from rules and can only repeat: ${question}` };
}

/** `get_weather` fits every question with the word "weather". */
function isAbout(question: string): (tool: ChatCompletionFunctionTool) => boolean {
  const words = new Set<string>(question.toLowerCase().match(/[a-z]{4,}/g));
  return ({ function: { name } }) => name.split(/[_-]/).some((word) => words.has(word));
}

/** A call in which every argument is the last name in the question. */
function toolCall({ function: { name, parameters } }: ChatCompletionFunctionTool, question: string) {
  const place = question.match(/\b[A-Z]\w+/g)?.at(-1) ?? '';
  const properties = Object.keys((parameters?.['properties'] as object | undefined) ?? {}); // a JSON schema
  const input = Object.fromEntries(properties.map((property) => [property, place]));
  return {
    id: `call_${Date.now()}`,
    type: 'function' as const,
    function: { name, arguments: JSON.stringify(input) },
  };
}

/** `{"sky":"clear"}` → `sky clear`; text that is not a JSON object stays as it is. */
function spoken(result: string): string {
  if (!result.startsWith('{')) return result;
  const fields = Object.entries(JSON.parse(result) as Record<string, unknown>); // an object: it starts as one
  return fields.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}

function textOf(message: ChatCompletionMessageParam | undefined): string {
  const content = message?.content ?? '';
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join(' ');
}

/** Counted roughly: there is no tokenizer here. */
function usage(messages: ChatCompletionMessageParam[], message: Reply): ChatCompletion['usage'] {
  const prompt_tokens = tokens(messages);
  const completion_tokens = tokens(message.content ?? message.tool_calls);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function tokens(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / CHARACTERS_PER_TOKEN);
}
