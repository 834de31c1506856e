import { readFileSync } from 'node:fs';
import { RerankApiRequestDto } from '../src/bedrock/rerank/rerank-api-request.dto.js';
import { type DtoClass, membersOf } from '../src/bedrock/validation/dto-members.js';
import { CohereEmbeddingRequestDto } from '../src/formats/embeddings/cohere/cohere-request.dto.js';
import { MarengoRequestDto } from '../src/formats/embeddings/marengo/marengo-request.dto.js';
import { NovaEmbeddingRequestDto } from '../src/formats/embeddings/nova/nova-embedding-request.dto.js';
import { TitanImageEmbeddingRequestDto } from '../src/formats/embeddings/titan-image/titan-image-request.dto.js';
import { TitanTextEmbeddingRequestDto } from '../src/formats/embeddings/titan-text/titan-text-request.dto.js';
import { AmazonImageRequestDto } from '../src/formats/images/amazon-image-request.dto.js';
import { StabilityImageRequestDto } from '../src/formats/images/stability-image-request.dto.js';
import { AmazonRerankRequestDto, CohereRerankRequestDto } from '../src/formats/rerank/rerank-request.dto.js';

const FATES = new Set(['mapped', 'reported', 'hint', 'refused']);
/** Classes that are elements of lists. */
const LISTS = new Set(['inputs', 'content', 'queries', 'sources']);

const SECTIONS: readonly (readonly [file: string, heading: string, dto: DtoClass])[] = [
  ['embeddings', 'Titan text', TitanTextEmbeddingRequestDto],
  ['embeddings', 'Titan multimodal', TitanImageEmbeddingRequestDto],
  ['embeddings', 'Cohere', CohereEmbeddingRequestDto],
  ['embeddings', 'Nova', NovaEmbeddingRequestDto],
  ['embeddings', 'Marengo', MarengoRequestDto],
  ['rerank', 'Cohere', CohereRerankRequestDto],
  ['rerank', 'Amazon', AmazonRerankRequestDto],
  ['rerank', 'Rerank of the agent runtime', RerankApiRequestDto],
  ['images', 'Titan Image Generator', AmazonImageRequestDto],
  ['images', 'Stability', StabilityImageRequestDto],
];

describe.each(SECTIONS)('docs/invoke-model/%s.md, %s', (file, heading, dto) => {
  const rows = rowsOf(file, heading);

  it('has one row for every member of the body, and no other', () => {
    expect(rows.map(({ path }) => path).toSorted()).toEqual(pathsOf(dto).toSorted());
  });

  it('names a fate that it explains', () => {
    expect(rows.filter(({ fate }) => !FATES.has(fate))).toEqual([]);
  });
});

function rowsOf(file: string, heading: string): { path: string; fate: string }[] {
  const text = readFileSync(new URL(`../docs/invoke-model/${file}.md`, import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `(?<path>[^`]+)` +\| (?<fate>\w+)/gm)].map(({ groups }) => ({
    path: groups?.['path'] ?? '',
    fate: groups?.['fate'] ?? '',
  }));
}

function pathsOf(dto: DtoClass, parent = ''): string[] {
  const paths: string[] = [];
  for (const [name, member] of membersOf(dto)) {
    const path = `${parent}${name}`;
    paths.push(path);
    if (member.kind !== 'structure') continue;
    paths.push(...pathsOf(member.type(), `${path}.${LISTS.has(name) ? '*.' : ''}`));
  }
  return paths;
}
