import { unknownMembers } from '../../../bedrock/validation/unknown-members.js';
import { validated } from '../../../bedrock/validation/validation.pipe.js';
import type { EmbeddingFormat } from '../../embedding-format.js';
import { invalid, unsupported } from '../../refuse.js';
import { firstVector } from '../first-vector.js';
import { MarengoRequestDto } from './marengo-request.dto.js';

/** TwelveLabs Marengo, texts only. */
export const MARENGO_EMBEDDINGS: EmbeddingFormat = {
  kind: 'embeddings',
  name: 'marengo-embeddings',
  matches: ({ inputType }) => typeof inputType === 'string',
  reduce: (body) => {
    const native = validated(MarengoRequestDto, body);
    const truncates = native.textTruncate === 'end';
    return {
      request: {
        inputs: [{ text: textOf(native) }],
        ...(truncates && { truncation: 'end' as const }),
        floats: true,
        quantized: [],
        paths: { truncation: 'textTruncate' },
      },
      ignored: [],
      hints: unknownMembers(MarengoRequestDto, body),
      toResponse: (result) => ({ data: [{ embedding: firstVector(result) }] }),
    };
  },
};

function textOf({ inputType, text, inputText }: MarengoRequestDto): string {
  if (inputType !== 'text') throw unsupported('inputType', `only text is embedded here, not ${inputType}.`);
  const value = text?.inputText ?? inputText;
  if (value == null) throw invalid('text.inputText', 'the text is needed.');
  return value;
}
