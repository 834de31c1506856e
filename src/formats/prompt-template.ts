import type { Turn } from './turns.js';

/** A prompt → its turns; undefined when the prompt is not written in the template. Takes time linear in the prompt. */
export type PromptTemplate = (prompt: string) => Turn[] | undefined;

/**
 * A prompt → its turns, by the template that it is written in. A server applies the template of its own model to the
 * turns; without this it would apply it to the tokens of another one. A prompt in no template is what the user says.
 * @param templates those of the format, beside the ones that are told by their special tokens
 */
export function promptToTurns(prompt: string, templates: readonly PromptTemplate[] = []): Turn[] {
  for (const template of [...templates, llamaHeaders, deepSeekTokens, instTags]) {
    const turns = template(prompt);
    if (turns !== undefined) return turns;
  }
  return [{ role: 'user', text: prompt }];
}

/** A template in which a name and a colon begin each turn, such as `\n\nHuman:`. Text before the first is the system's. */
export function speakerTemplate(
  separator: '\n' | '\n\n',
  speakers: Readonly<Record<string, Turn['role']>>,
): PromptTemplate {
  const pattern = new RegExp(`(?:^\\s*|${separator})(${Object.keys(speakers).join('|')}):`);
  return (prompt) => turnsBetween(prompt.split(pattern), (speaker) => speakers[speaker] ?? 'user');
}

const HEADER = /<\|(?:start_header_id|header_start)\|>([\w-]{1,32})<\|(?:end_header_id|header_end)\|>/;
const LLAMA_TOKENS = /<\|(?:begin_of_text|end_of_text|eot_id|eot|eom_id|eom)\|>/g;
const HEADER_ROLES: Readonly<Record<string, Turn['role']>> = { system: 'system', assistant: 'assistant' };

/** Llama 3 and 4. https://www.llama.com/docs/model-cards-and-prompt-formats/ */
function llamaHeaders(prompt: string): Turn[] | undefined {
  const parts = prompt.split(HEADER).map((part) => part.replaceAll(LLAMA_TOKENS, ''));
  // the results of tools, `ipython`, come from the user's side
  return turnsBetween(parts, (role) => HEADER_ROLES[role] ?? 'user');
}

/** Some clients write the bars and underscores of DeepSeek's tokens in ASCII. */
const DEEPSEEK_ROLE = /<[|｜](System|User|Assistant)[|｜]>/;
const DEEPSEEK_TOKENS = /<[|｜](?:begin|end)[_▁]of[_▁]sentence[|｜]>/g;
const DEEPSEEK_ROLES: Readonly<Record<string, Turn['role']>> = { System: 'system', Assistant: 'assistant' };
const THINK = '<think>';

/** DeepSeek. https://huggingface.co/deepseek-ai/DeepSeek-R1 (chat_template) */
function deepSeekTokens(prompt: string): Turn[] | undefined {
  const parts = prompt.split(DEEPSEEK_ROLE).map((part) => part.replaceAll(DEEPSEEK_TOKENS, ''));
  const turns = turnsBetween(parts, (role) => DEEPSEEK_ROLES[role] ?? 'user');
  // the template ends with the start of the reasoning
  return turns?.filter(({ role, text }) => role !== 'assistant' || text !== THINK);
}

const INST = '[INST]';
const INST_TAG = /(\[\/?INST\]|<<\/?SYS>>|\[\/?SYSTEM_PROMPT\])/;
const SENTENCE_TOKENS = /<\/?s>/g;
const SYSTEM_STARTS: ReadonlySet<string> = new Set(['<<SYS>>', '[SYSTEM_PROMPT]']);
const SYSTEM_ENDS: ReadonlySet<string> = new Set(['<</SYS>>', '[/SYSTEM_PROMPT]']);

/**
 * Llama 2, Mistral and Palmyra: the user speaks between `[INST]` and `[/INST]`, the assistant behind them.
 * https://docs.mistral.ai/guides/tokenization/
 */
function instTags(prompt: string): Turn[] | undefined {
  if (!prompt.includes(INST)) return undefined;
  const turns: Turn[] = [];
  let speaker: Turn['role'] = 'user';
  let isSystem = false;
  for (const [index, part] of prompt.replaceAll(SENTENCE_TOKENS, '').split(INST_TAG).entries()) {
    // with the parentheses of the pattern, every second part is a tag
    if (index % 2 === 0) turns.push({ role: isSystem ? 'system' : speaker, text: part.trim() });
    else if (SYSTEM_STARTS.has(part)) isSystem = true;
    else if (SYSTEM_ENDS.has(part)) isSystem = false;
    else speaker = part === INST ? 'user' : 'assistant';
  }
  return turns;
}

/** Parts as `split` returns them: text, then role and text in turn. */
function turnsBetween(
  [before = '', ...parts]: readonly string[],
  roleOf: (name: string) => Turn['role'],
): Turn[] | undefined {
  if (parts.length === 0) return undefined;
  const turns: Turn[] = [{ role: 'system', text: before.trim() }];
  for (let index = 0; index < parts.length; index += 2) {
    turns.push({ role: roleOf(parts[index] ?? ''), text: (parts[index + 1] ?? '').trim() });
  }
  return turns;
}
