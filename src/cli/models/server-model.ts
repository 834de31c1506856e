import type { ModelKind, ModelSize } from '../../bedrock/foundation-models/model-families.js';

/** What the name of a server's model says about it. */
export interface ServerModel {
  readonly id: string;
  /** Undefined for models that no operation can use, such as those for speech. */
  readonly kind: ModelKind | undefined;
  /** Billions of parameters: as the name says, or a guess from words such as `mini`. */
  readonly billions: number;
}

/** The middle of each size, in billions of parameters. */
export const BILLIONS: Readonly<Record<ModelSize, number>> = { small: 8, medium: 70, large: 400 };

/** Words in names that tell the kind. The first that fits decides; a name without them is a chat model. */
const KINDS: readonly (readonly [words: RegExp, kind: ModelKind | undefined])[] = [
  [/rerank/, 'rerank'],
  [/embed|(?:^|\W)(?:bge|gte|e5|minilm)(?:\W|$)|paraphrase-multilingual/, 'embeddings'],
  [/dall-e|gpt-image|imagen|flux|stable-diffusion|(?:^|\W)sd(?:xl|3)|image-generat/, 'image'],
  [/whisper|(?:^|\W)tts|transcrib|audio|realtime|moderation|guard|(?:^|\W)sora|babbage|davinci/, undefined],
];

/** Words in names of models whose size nobody says. */
const SIZES: readonly (readonly [words: RegExp, size: ModelSize])[] = [
  [/(?:^|\W)(?:nano|micro|mini|small|tiny|lite|light|haiku|flash|instant|turbo)(?:\W|$)/, 'small'],
  [/(?:^|\W)(?:opus|large|max|ultra|premier|pro|plus|r1|reasoner)(?:\W|$)/, 'large'],
];

/** `8x7b` and `70b`, but not the `3b` of `a3b`, which says how many are active. */
const PARAMETERS = /(?:^|[^a-z0-9.])(?:(?<experts>\d+)x)?(?<billions>\d+(?:\.\d+)?)b(?![a-z0-9])/;

/** A model's name at a server → what it says. */
export function readServerModel(id: string): ServerModel {
  const name = id.toLowerCase();
  const kind = KINDS.find(([words]) => words.test(name));
  return { id, kind: kind === undefined ? 'chat' : kind[1], billions: sizeOf(name) };
}

function sizeOf(name: string): number {
  const { experts = '1', billions } = PARAMETERS.exec(name)?.groups ?? {};
  if (billions !== undefined) return Number(experts) * Number(billions);
  return BILLIONS[SIZES.find(([words]) => words.test(name))?.[1] ?? 'medium'];
}
