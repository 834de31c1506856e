import type { EmbeddingImage, EmbeddingInput } from '../../bedrock/embeddings/embedding-request.js';
import type { EmbeddingInputItem, EmbeddingPart } from '../../openai/embeddings/embedding-params.js';
import { Base64Data } from '../../openai/base64-data.js';
import { unsupported } from '../request/refuse.js';

/** An input as a chat message, for vLLM: its text and image become one vector. */
export function chatInput({ text, image }: EmbeddingInput): { role: 'user'; content: EmbeddingPart[] } {
  const content: EmbeddingPart[] = [];
  if (image !== undefined) content.push({ type: 'image_url', image_url: { url: toDataUri(image) } });
  if (text !== undefined) content.push({ type: 'text', text });
  return { role: 'user', content };
}

/**
 * Inputs as a list: of texts alone as OpenAI has it, with images as Jina has it.
 * @throws ValidationException for a text and an image in one input
 */
export function listInput(inputs: readonly EmbeddingInput[]): EmbeddingInputItem[] {
  const hasImages = inputs.some(({ image }) => image !== undefined);
  return inputs.map((input) => (hasImages ? toItem(input) : (input.text ?? '')));
}

function toItem({ text, image, imagePath = '' }: EmbeddingInput): EmbeddingInputItem {
  if (image === undefined) return { text: text ?? '' };
  if (text === undefined) return { image: toDataUri(image) };
  throw unsupported(imagePath, 'the upstream cannot make one vector of a text and an image.');
}

function toDataUri({ base64, mediaType }: EmbeddingImage): Base64Data {
  return new Base64Data(base64, mediaType);
}
