import type { RerankApiRequestDto, RerankDocumentDto } from '../../bedrock/rerank/rerank-api-request.dto.js';
import type { RerankApiResponse } from '../../bedrock/rerank/rerank-api-response.js';
import type { RerankRequest, RerankResult } from '../../bedrock/rerank/rerank-request.js';
import { objectOf } from '../json-value.js';
import { invalid, unsupported } from '../request/refuse.js';

const FIELDS_PATH =
  'rerankingConfiguration.bedrockRerankingConfiguration.modelConfiguration.additionalModelRequestFields';

/**
 * The body of the agent runtime's Rerank → the request.
 * @throws ValidationException
 */
export function apiToRerankRequest({
  queries,
  sources,
  rerankingConfiguration,
  nextToken,
}: RerankApiRequestDto): RerankRequest {
  const { modelConfiguration, numberOfResults } = rerankingConfiguration.bedrockRerankingConfiguration;
  if (nextToken != null) throw unsupported('nextToken', 'every answer has all results.');
  return {
    query: textAt('queries.0.textQuery.text', queries[0]?.textQuery.text),
    documents: sources.map(({ inlineDocumentSource }, index) =>
      documentText(inlineDocumentSource, `sources.${index}.inlineDocumentSource`),
    ),
    ...(numberOfResults != null && { topN: numberOfResults }),
    extraFields: fieldsOf(modelConfiguration.additionalModelRequestFields),
    paths: { maxTokens: `${FIELDS_PATH}.max_tokens_per_doc`, extraFields: FIELDS_PATH },
  };
}

/** The documents themselves are not repeated, and there is never a next page. */
export function resultToApi({ ranked }: RerankResult): RerankApiResponse {
  return { results: ranked.map(({ index, score }) => ({ index, relevanceScore: score })) };
}

function documentText({ type, textDocument, jsonDocument }: RerankDocumentDto, path: string): string {
  if (type === 'TEXT') return textAt(`${path}.textDocument.text`, textDocument?.text);
  if (jsonDocument === undefined)
    throw invalid(`${path}.jsonDocument`, 'a document of the type JSON needs it.');
  return JSON.stringify(jsonDocument);
}

function textAt(path: string, text: string | null | undefined): string {
  if (text == null) throw invalid(path, 'the text is needed.');
  return text;
}

function fieldsOf(fields: unknown): Readonly<Record<string, unknown>> {
  if (fields == null) return {};
  const members = objectOf(fields);
  if (members === undefined) throw invalid(FIELDS_PATH, 'provide a JSON object.');
  return members;
}
