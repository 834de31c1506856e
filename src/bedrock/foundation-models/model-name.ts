export interface ModelName {
  /** The provider as written in the id: `anthropic`, `meta-llama`. Undefined when the id names none. */
  readonly provider: string | undefined;
  /** The provider's name in Bedrock's spelling, at most 20 characters. */
  readonly providerName: string;
  /** The model's name without provider, date and version, at most 20 characters. */
  readonly modelName: string;
}

/** Bedrock's limit for both names. */
const MAX_CHARACTERS = 20;
const NO_PROVIDER = 'Custom';

/** Prefixes of Bedrock's model ids → the provider's name. For any other prefix, the prefix is the name. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  ai21: 'AI21 Labs',
  amazon: 'Amazon',
  anthropic: 'Anthropic',
  cohere: 'Cohere',
  deepseek: 'DeepSeek',
  google: 'Google',
  luma: 'Luma AI',
  meta: 'Meta',
  minimax: 'MiniMax',
  mistral: 'Mistral AI',
  moonshot: 'Moonshot AI',
  moonshotai: 'Moonshot AI',
  nvidia: 'NVIDIA',
  openai: 'OpenAI',
  qwen: 'Qwen',
  stability: 'Stability AI',
  twelvelabs: 'TwelveLabs',
  writer: 'Writer',
  zai: 'Z.AI',
};

/** `anthropic.claude-3-haiku-20240307-v1:0` → Anthropic, claude-3-haiku; `Qwen/Qwen3-8B` → Qwen, Qwen3-8B. */
export function modelIdToName(modelId: string): ModelName {
  const { provider, rest } = splitProvider(modelId);
  const model = rest.replace(/(-\d{8})?-v\d+(:[\w:]+)?$/, '');
  return {
    provider,
    providerName: shortened(provider === undefined ? NO_PROVIDER : providerNameOf(provider)),
    modelName: shortened(model === '' ? rest : model),
  };
}

/** A dot separates the provider only for Bedrock's providers, not in `llama3.1:8b`. */
function splitProvider(modelId: string): { provider: string | undefined; rest: string } {
  const slash = modelId.indexOf('/');
  const dot = modelId.indexOf('.');
  const end = Object.hasOwn(PROVIDER_NAMES, modelId.slice(0, Math.max(dot, 0))) ? dot : slash;
  return end <= 0 || end === modelId.length - 1
    ? { provider: undefined, rest: modelId }
    : { provider: modelId.slice(0, end), rest: modelId.slice(end + 1) };
}

function providerNameOf(provider: string): string {
  const key = provider.toLowerCase();
  return Object.hasOwn(PROVIDER_NAMES, key) ? (PROVIDER_NAMES[key] ?? provider) : provider;
}

function shortened(name: string): string {
  return name.slice(0, MAX_CHARACTERS).replace(/[-.: ]+$/, '') || name.slice(0, MAX_CHARACTERS);
}
