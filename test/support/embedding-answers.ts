import type { RecordedRequest, UpstreamScript } from './scripted-upstream.js';

/** The inputs of a request for embeddings. */
export function inputsOf({ body }: RecordedRequest): readonly string[] {
  return (body as { input: string[] }).input; // what the proxy sends
}

/** Answers requests for embeddings: `[length, 1]` for each text, and a token for each of its characters. */
export const answerEmbeddings: UpstreamScript = (request, response) => {
  const inputs = inputsOf(request);
  const data = inputs.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1] }));
  const tokens = inputs.reduce((sum, text) => sum + text.length, 0);
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ object: 'list', data, usage: { prompt_tokens: tokens, total_tokens: tokens } }),
  );
};

/** Answers requests to rank documents by their length, in the order of the request. */
export const answerRanking: UpstreamScript = ({ body }, response) => {
  const { documents } = body as { documents: string[] }; // what the proxy sends
  const results = documents.map((document, index) => ({ index, relevance_score: document.length / 100 }));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ results, usage: { total_tokens: 7 } }));
};
