import { redactSecrets } from './redact-secrets.js';

describe('scrub', () => {
  it.each([
    ['a bearer key', 'Authorization: Bearer abc.def-1, and more', 'Authorization: [redacted], and more'],
    ['a key of this proxy', 'brp_TEAM_47DEQpj8HBSa-_TI refused', '[redacted] refused'],
    ['a key of OpenAI', 'Incorrect API key: sk-proj-abc123DEF.', 'Incorrect API key: [redacted].'],
    ['an access key', 'AKIAIOSFODNN7EXAMPLE is unknown', '[redacted] is unknown'],
    ['a signature', `Signature ${'0a'.repeat(32)} is wrong`, 'Signature [redacted] is wrong'],
    ['a signed header', 'got AWS4-HMAC-SHA256 Credential=a/b, Signature=c', 'got [redacted]'],
    ['a signed query', 'GET /?X-Amz-Signature=abc&x=1', 'GET /?[redacted]&x=1'],
    ['a token', 'token eyJhbGciOiJIUzI1NiJ9.e30.abc', 'token [redacted]'],
    ['a password in a URL', 'redis://user:pass@redis:6379 is away', 'redis://[redacted]redis:6379 is away'],
  ])('leaves out %s', (_, text, scrubbed) => {
    expect(redactSecrets(text)).toBe(scrubbed);
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:4000',
    'no whole answer within 600000 ms',
    'Listening on http://127.0.0.1:8000',
    'Not in force, the one before stays: upstreams.a.apiKeyFile: no such file',
    '0d3b3c1e-1111-4222-8333-444455556666',
  ])('leaves alone: %s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });
});
