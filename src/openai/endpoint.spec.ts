import { CHAT_COMPLETIONS, EMBEDDINGS, endpointUrl } from './endpoint.js';

describe('endpointUrl', () => {
  it.each([
    ['http://a.example', CHAT_COMPLETIONS, 'http://a.example/chat/completions'],
    ['http://a.example/v1/', EMBEDDINGS, 'http://a.example/v1/embeddings'],
    ['http://a.example/v1?api-version=1', EMBEDDINGS, 'http://a.example/v1/embeddings?api-version=1'],
  ] as const)('adds to %s the endpoint %s', (baseUrl, endpoint, url) => {
    expect(endpointUrl(baseUrl, endpoint).href).toBe(url);
  });
});
