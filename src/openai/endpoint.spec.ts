import { CHAT_COMPLETIONS, EMBEDDINGS, endpointUrl } from './endpoint.js';

describe('endpointUrl', () => {
  it.each([
    ['http://a.example', CHAT_COMPLETIONS, 'http://a.example/chat/completions'],
    ['http://a.example/v1/', EMBEDDINGS, 'http://a.example/v1/embeddings'],
    ['http://a.example/v1?api-version=1', EMBEDDINGS, 'http://a.example/v1/embeddings?api-version=1'],
    ['http://a.example/v1', '/../tokenize', 'http://a.example/tokenize'],
    ['http://a.example/v1//', '/../tokenize', 'http://a.example/tokenize'],
    ['http://a.example', '/../tokenize', 'http://a.example/tokenize'],
    ['http://a.example/vllm/v1', '/../tokenize', 'http://a.example/vllm/tokenize'],
    ['http://a.example/v1/more', '/../tokenize', 'http://a.example/v1/more/tokenize'],
    ['http://a.example/v1?a=1', '/../count?b=2', 'http://a.example/count?a=1&b=2'],
    ['http://a.example/v1', '/count?b=2', 'http://a.example/v1/count?b=2'],
  ] as const)('adds to %s the endpoint %s', (baseUrl, endpoint, url) => {
    expect(endpointUrl(baseUrl, endpoint).href).toBe(url);
  });
});
