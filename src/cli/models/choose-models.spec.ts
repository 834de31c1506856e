import { readFileSync } from 'node:fs';
import { KNOWN_MODEL_IDS } from '../../bedrock/foundation-models/known-models.js';
import { MODEL_FAMILIES } from '../../bedrock/foundation-models/model-families.js';
import { ModelId } from '../../bedrock/model-id.js';
import { modelMapToText, toModelMap } from '../../config/model-map.js';
import { matchesGlob } from '../../routing/glob.js';
import { chooseModels } from './choose-models.js';
import { readServerModel } from './server-model.js';

const OLLAMA = ['qwen3:0.6b', 'llama3.1:8b', 'llama3.3:70b', 'nomic-embed-text:latest'];
const OPENAI = [
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5-pro',
  'whisper-1',
  'dall-e-3',
  'text-embedding-3-small',
];
const OPENROUTER = [
  'anthropic/claude-haiku-4.5',
  'anthropic/claude-opus-4.5',
  'anthropic/claude-sonnet-4.5',
  'openai/gpt-5',
];

/** The model that answers for an id of Bedrock. */
function chosen(id: string, models: readonly string[]): string | undefined {
  return chooseModels(models).find(({ match }) => matchesGlob(match, id))?.model;
}

describe('--models auto', () => {
  it.each<[string, string[], string | undefined]>([
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', ['m'], 'm'],
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', OLLAMA, 'llama3.1:8b'],
    ['us.anthropic.claude-opus-4-5-20251101-v1:0', OLLAMA, 'llama3.3:70b'],
    ['meta.llama3-2-1b-instruct-v1:0', OLLAMA, 'llama3.1:8b'],
    ['us.meta.llama3-3-70b-instruct-v1:0', OLLAMA, 'llama3.3:70b'],
    ['qwen.qwen3-32b-v1:0', OLLAMA, 'qwen3:0.6b'],
    ['amazon.titan-embed-text-v2:0', OLLAMA, 'nomic-embed-text:latest'],
    ['cohere.rerank-v3-5:0', OLLAMA, undefined],
    ['amazon.nova-canvas-v1:0', OLLAMA, undefined],
    ['anthropic.claude-3-haiku-20240307-v1:0', OPENAI, 'gpt-5-mini'],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', OPENAI, 'gpt-5'],
    ['anthropic.claude-opus-4-1-20250805-v1:0', OPENAI, 'gpt-5-pro'],
    ['amazon.nova-canvas-v1:0', OPENAI, 'dall-e-3'],
    ['cohere.embed-v4:0', OPENAI, 'text-embedding-3-small'],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', OPENROUTER, 'anthropic/claude-haiku-4.5'],
    ['anthropic.claude-v2:1', OPENROUTER, 'anthropic/claude-sonnet-4.5'],
    ['gpt-5', OPENAI, undefined],
    ['anthropic.claude-v2:1', ['bge-m3', 'whisper-1'], undefined],
    ['anthropic.claude-v2:1', [], undefined],
  ])('sends %s, of %j, to %s', (id, models, expected) => {
    expect(chosen(id, models)).toBe(expected);
  });

  it.each([
    ['mixtral:8x7b', 56],
    ['Qwen/Qwen3-30B-A3B', 30],
    ['llama3.2:1.5b-instruct', 1.5],
    ['gpt-5-mini', 8],
    ['o3-pro', 400],
    ['gpt-5', 70],
    ['b', 70],
  ])('reads the size of %s: %d billion parameters', (id, billions) => {
    expect(readServerModel(id)).toEqual({ id, kind: 'chat', billions });
  });
});

describe("The table of Bedrock's models", () => {
  it('has a family for every known id, and a known id for every family', () => {
    const families = KNOWN_MODEL_IDS.map((id) => MODEL_FAMILIES.find(({ match }) => matchesGlob(match, id)));
    expect(KNOWN_MODEL_IDS.filter((_, index) => families[index] === undefined)).toEqual([]);
    expect(MODEL_FAMILIES.filter((family) => !families.includes(family))).toEqual([]);
  });

  it('holds ids, each once', () => {
    expect(KNOWN_MODEL_IDS.filter((id) => ModelId.read(id) === undefined)).toEqual([]);
    expect(new Set(KNOWN_MODEL_IDS).size).toBe(KNOWN_MODEL_IDS.length);
  });

  it('is the one of docs/models.md, which gives a reason for each row', () => {
    const page = readFileSync(new URL('../../../docs/models.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `(\*[^`]+)` +\| (\S+) +\| (\w+) +\| (\w+) +\| (\S.+?) +\|$/gm)];
    const documented = rows.map(([, match, name, kind, size]) => ({ match, name, kind, size }));
    expect(documented).toEqual(MODEL_FAMILIES);
    expect(rows.filter(([, , , , , reason = '']) => reason.length < 10)).toEqual([]);
  });
});

describe('MODEL_MAP', () => {
  it('is what it is made of', () => {
    const choices = chooseModels(OPENROUTER);
    expect(toModelMap(modelMapToText(choices))).toEqual(choices);
  });

  it.each(['a', 'a=', '=b', 'a=b,', 'a=b c', 'a=b=c', ''])('is not %j', (text) => {
    expect(toModelMap(text)).toBeUndefined();
  });
});
