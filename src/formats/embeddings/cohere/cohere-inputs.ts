import type { EmbeddingInput } from '../../../bedrock/embeddings/embedding-request.js';
import { STRUCTURE } from '../../../bedrock/validation/rule.js';
import { invalid } from '../../refuse.js';
import { dataUriToImage } from '../image-data.js';
import type { CohereContentPartDto, CohereEmbeddingRequestDto } from './cohere-request.dto.js';

/**
 * `texts`, `images` or `inputs` → what is to be embedded.
 * @throws ValidationException when none or several of them are there
 */
export function cohereInputs({ texts, images, inputs }: CohereEmbeddingRequestDto): EmbeddingInput[] {
  const given = Object.entries({ texts, images, inputs }).filter(([, value]) => value != null);
  const [name = 'texts', second] = given.map(([member]) => member);
  if (given.length === 0) throw invalid(name, 'one of texts, images and inputs is needed.');
  if (second !== undefined) throw invalid(second, `it cannot stand beside ${name}.`);
  if (texts != null) return texts.map((text) => ({ text }));
  if (images != null) return images.map((uri, index) => toImage(uri, `images.${index}`));
  return (inputs ?? []).map(({ content }, index) => toInput(content, `inputs.${index}.content`));
}

function toImage(uri: string, path: string): EmbeddingInput {
  return { image: dataUriToImage(uri, path), imagePath: path };
}

/** All texts are joined; with an image they become one vector. */
function toInput(content: readonly CohereContentPartDto[], path: string): EmbeddingInput {
  const texts: string[] = [];
  let image: EmbeddingInput = {};
  for (const [index, part] of content.entries()) {
    const partPath = `${path}.${index}`;
    if (part.type === 'text') texts.push(textOf(part, partPath));
    else if (image.image !== undefined) throw invalid(partPath, 'one input holds at most one image.');
    else image = toImage(urlOf(part, partPath), `${partPath}.image_url`);
  }
  return { ...image, ...(texts.length > 0 && { text: texts.join('\n') }) };
}

function textOf({ text }: CohereContentPartDto, path: string): string {
  if (text == null) throw invalid(`${path}.text`, 'a part of the type text needs it.');
  return text;
}

function urlOf({ image_url: image }: CohereContentPartDto, path: string): string {
  const url = STRUCTURE.accepts(image) ? image['url'] : image;
  if (typeof url !== 'string')
    throw invalid(`${path}.image_url`, 'it must be a data URI, or an object with a url.');
  return url;
}
