import fc from 'fast-check';
import { cpuTimeMs } from '../../test/support/cpu-time.js';
import { sanitizeUpstreamText } from './sanitize-upstream-text.js';

describe('an upstream’s text for the client', () => {
  it.each([
    ["Unsupported value: 'temperature' does not support 0.2 with this model."],
    ["This model's maximum context length is 8192 tokens. However, you requested 9000 tokens."],
    ["[{'type': 'extra_forbidden', 'loc': ('body', 'seed')}]"],
    ["Invalid 'messages[12].content[0:5]': expected a string at #/data/0/x, messages.0.content, code:42"],
    ['The model `gpt-oss:20b` is a task-list, risk-free, v1.2.3'],
    ["tool_choice 'x' is not in /v1/chat/completions"],
  ])('is not changed: %s', (text) => {
    expect(sanitizeUpstreamText(text)).toBe(text);
  });

  it.each([
    ['Incorrect API key provided: sk-abc***xyz.', 'Incorrect API key provided: [redacted].'],
    ['key sk-proj-Ab_cd-12', 'key [redacted]'],
    ['Azure’s 0123456789abcdef0123456789ABCDEF', 'Azure’s [redacted]'],
    ['key sk-...wxyz!', 'key [redacted]!'],
    [
      'keys gsk_ab12, xai-12, AIzaSyA1234567890 and AKIA1234567890',
      'keys [redacted], [redacted], [redacted] and [redacted]',
    ],
    [
      'Limit reached in organization org-Ab12 on requests',
      'Limit reached in organization [redacted] on requests',
    ],
    ['Project `proj_Ab12` has no access', 'Project `[redacted]` has no access'],
    ['header "Bearer abc.def" is wrong', 'header "[redacted]" is wrong'],
    ['token eyJhbGciOi.eyJzdWIi.c2ln', 'token [redacted]'],
    ['see https://user:pw@host/path?key=1, please', 'see [redacted] please'],
    ['connect ECONNREFUSED 10.1.2.3:8000', 'connect ECONNREFUSED [redacted]'],
    ['connect to [::1]:8000 or fe80:0:0:0:1', 'connect to [redacted] or [redacted]'],
    ['getaddrinfo ENOTFOUND vllm.models.svc', 'getaddrinfo ENOTFOUND [redacted]'],
    ['Cannot connect to host vllm:8000 ssl', 'Cannot connect to host [redacted] ssl'],
    ['api.internal.example:443 is down', '[redacted] is down'],
    ['No such file: /usr/lib/python3/vllm.py', 'No such file: [redacted]'],
    ['it broke\nTraceback (most recent call last):\n  File "x"', 'it broke'],
    ['it broke\n    at run (server.js:1:2)\n    at main', 'it broke'],
    ['a \t\n\u0000 b', 'a b'],
    ['<!DOCTYPE html><html><body>502</body></html>', ''],
    ['\n<html>nginx</html>', ''],
    ['<?xml version="1.0"?><Error/>', ''],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(sanitizeUpstreamText(text)).toBe(expected);
  });

  it('has at most 500 characters, and no half surrogate pair', () => {
    expect(sanitizeUpstreamText('x'.repeat(10_000))).toBe('x'.repeat(500));
    expect(sanitizeUpstreamText(`${'x'.repeat(499)}😀`).isWellFormed()).toBe(true);
  });

  it('contains no key at any position', () => {
    const around = fc.string({ maxLength: 1_500 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(sanitizeUpstreamText(`${before} sk-SECRET123 ${after}`)).not.toContain('SECRET123');
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a-', 'a.', '1.', '\n', '[:', 'sk-', 'a:', '://a', 'Bearer '])(
    'takes linear time for %j repeated',
    (part) => {
      const start = cpuTimeMs();
      sanitizeUpstreamText(part.repeat(50_000));
      expect(cpuTimeMs() - start).toBeLessThan(200);
    },
  );
});
