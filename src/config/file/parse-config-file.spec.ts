import fc from 'fast-check';
import { DIALECT_NAMES } from '../dialect-names.js';
import { ConfigFileError } from './config-file.error.js';
import { parseConfigFile } from './parse-config-file.js';

const UPSTREAMS = 'upstreams: { a: { baseUrl: "http://a:1/v1" } }';
const MODELS = 'models: [{ match: "*", route: [{ upstream: a }] }]';

function problemsIn(text: string): readonly string[] {
  try {
    parseConfigFile(text);
  } catch (error) {
    if (error instanceof ConfigFileError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseConfigFile', () => {
  it.each([
    ['YAML', `${UPSTREAMS}\n${MODELS}\n`],
    [
      'JSON',
      '{"upstreams":{"a":{"baseUrl":"http://a:1/v1"}},"models":[{"match":"*","route":[{"upstream":"a"}]}]}',
    ],
    [
      'JSON with tabs, a byte order mark and a schema',
      '\uFEFF{\n\t"$schema": "./config.schema.json",\n\t"upstreams": {\n\t\t"a": { "baseUrl": "http://a:1/v1" }\n\t},\n\t"models": [\n\t\t{ "match": "*", "route": [{ "upstream": "a" }] }\n\t]\n}\n',
    ],
    ['a comment and Windows line ends', `# yaml\r\n${UPSTREAMS}\r\n${MODELS}\r\n`],
    ['null where a key is optional', `${UPSTREAMS}\n${MODELS}\nauth:\n`],
    ['anchors and merge keys', `upstreams: { a: &a { baseUrl: "http://a:1/v1" }, b: { <<: *a } }\n${MODELS}`],
  ])('reads %s', (_, text) => {
    const file = parseConfigFile(text);
    expect(file.upstreams.get('a')?.baseUrl).toBe('http://a:1/v1');
    expect(file.models.map(({ match, route }) => [match, route[0]?.upstream])).toEqual([['*', 'a']]);
  });

  it('leaves free-form members as they are', () => {
    const extraBody = { a: null, b: [1, { c: 'd' }], e: { f: false } };
    const rule = `{ match: "*", route: [{ upstream: a }], extraBody: ${JSON.stringify(extraBody)} }`;
    expect(parseConfigFile(`${UPSTREAMS}\nmodels: [${rule}]`).models[0]?.extraBody).toEqual(extraBody);
  });

  it.each([
    ['', 'the file must hold an object with upstreams and models'],
    ['- a', 'the file must hold an object with upstreams and models'],
    ['upstreams', 'the file must hold an object with upstreams and models'],
    [
      'a: [1',
      'line 1, column 6: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a: 1\na: 2', 'line 2, column 1: Map keys must be unique'],
    ['a:\n\tb: 1', 'line 2, column 1: Tabs are not allowed as indentation'],
    ['a: 1\n---\nb: 1', 'line 2, column 1: the file must hold one document'],
    ['a: !secret sk-1', 'line 1, column 4: an unknown tag; a text that starts with ! must be quoted'],
    ['a: 1\n? [b]\n: 2', 'line 2, column 3: a key that is no text'],
    ['match: *', 'line 1, column 8: a text that starts with * must be quoted'],
    ['a: 1\nmatch: *claude*', 'line 2, column 8: a text that starts with * must be quoted'],
    ['a: &a [*a, *a]', 'line 1, column 8: an alias of what it is in'],
    [`a: &a [1]\nb: &b [${'*a, '.repeat(60)}]\nc: [*b, *b, *b]`, 'the file has too many aliases'],
    [`${UPSTREAMS}\n${MODELS}\n__proto__: { a: 1 }`, '__proto__: is not allowed as a name'],
    [`upstreams: { constructor: {} }\n${MODELS}`, 'upstreams.constructor: is not allowed as a name'],
  ])('names the position of the problem in %j', (text, problem) => {
    expect(problemsIn(text)[0]).toBe(problem);
  });

  it.each([
    ['{}', ['upstreams: is missing', 'models: is missing']],
    [`upstreams: []\n${MODELS}`, ['upstreams: must be an object that holds each server under its name']],
    [`upstreams: 5\n${MODELS}`, ['upstreams: must be an object that holds each server under its name']],
    [`upstreams: { a: }\n${MODELS}`, ['upstreams.a: is missing']],
    [`upstreams: { a: http }\n${MODELS}`, ['upstreams.a: must be an object']],
    [`${UPSTREAMS}\nmodels: x`, ['models: must be an array']],
    [`${UPSTREAMS}\nmodels: []`, ['models: should not be empty']],
    [
      `${UPSTREAMS}\nmodels: [5, null, {}]`,
      ['models.0: must be an object', 'models.1: is missing', 'models.2.match: is missing'],
    ],
    [`${UPSTREAMS}\n${MODELS}\nclient: []`, ['client: is not a key that is known here']],
    [`${UPSTREAMS}\n${MODELS}\n"a\\nb": 1`, ['a b: is not a key that is known here']],
    [`${UPSTREAMS}\n${MODELS}\nauth: 1`, ['auth: must be an object']],
    [`${UPSTREAMS}\n${MODELS}\nauth: { externalHosts: host }`, ['auth.externalHosts: must be an array']],
    [
      `${UPSTREAMS}\n${MODELS}\nauth: { trustForwardedHost: "yes" }`,
      ['auth.trustForwardedHost: must be a boolean value'],
    ],
  ])('reports %s with one line per problem', (text, expected) => {
    expect(problemsIn(text)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['{}', 'baseUrl: is missing'],
    ['{ baseUrl: "vllm:8000/v1" }', 'baseUrl: must be an http or https URL, without a user or password'],
    [
      '{ baseUrl: "http://user:sk-1@a/v1" }',
      'baseUrl: must be an http or https URL, without a user or password',
    ],
    ['{ apiKey: sk-1 }', 'apiKey: must not be in the file, only by reference: apiKeyEnv or apiKeyFile'],
    ['{ apiKeyEnv: sk-1 }', 'apiKeyEnv: must be the name of an environment variable'],
    ['{ apiKeyFile: "" }', 'apiKeyFile: should not be empty'],
    ['{ dialect: gpt }', `dialect: must be one of the following values: ${DIALECT_NAMES.join(', ')}`],
    ['{ maxRetries: 11 }', 'maxRetries: must not be greater than 10'],
    ['{ maxRetries: -1 }', 'maxRetries: must not be less than 0'],
    ['{ timeoutMs: 10s }', 'timeoutMs: must be an integer number'],
    ['{ timeoutMs: 0 }', 'timeoutMs: must not be less than 1'],
    ['{ connectTimeoutMs: 2147483648 }', 'connectTimeoutMs: must not be greater than 2147483647'],
    ['{ firstEventTimeoutMs: "1" }', 'firstEventTimeoutMs: must be an integer number'],
    ['{ idleTimeoutMs: 1.5 }', 'idleTimeoutMs: must be an integer number'],
    ['{ toolCallStreaming: fast }', 'toolCallStreaming: must be one of the following values: live, buffered'],
    ['{ maxConcurrency: 0 }', 'maxConcurrency: must not be less than 1'],
    ['{ requestsPerMinute: many }', 'requestsPerMinute: must be an integer number'],
  ])('refuses upstream %s', (upstream, problem) => {
    const problems = problemsIn(`upstreams: { a: ${upstream} }\n${MODELS}`);
    expect(problems).toContain(`upstreams.a.${problem}`);
    expect(problems.join()).not.toContain('sk-1');
  });

  it.each([
    ['{ route: [{ upstream: a }] }', 'match: is missing'],
    ['{ match: 5 }', 'match: must be a string'],
    ['{ match: "" }', 'match: should not be empty'],
    ['{ route: a }', 'route: must be an array'],
    ['{ route: [] }', 'route: should not be empty'],
    ['{ route: [a] }', 'route.0: must be an object'],
    ['{ route: [{ model: m }] }', 'route.0.upstream: is missing'],
    ['{ route: [{ upstream: a, model: 5 }] }', 'route.0.model: must be a string'],
    [
      '{ route: [{ upstream: a }, { upstream: a, weight: 1 }] }',
      'route.1.weight: is not a key that is known here',
    ],
    ['{ defaults: 5 }', 'defaults: must be an object'],
    ['{ defaults: { maxTokens: 0 } }', 'defaults.maxTokens: must not be less than 1'],
    ['{ defaults: { temperature: 2 } }', 'defaults.temperature: must not be greater than 1'],
    ['{ defaults: { topP: hot } }', 'defaults.topP: must be a number'],
    ['{ defaults: { stopSequences: [1] } }', 'defaults.stopSequences: each value must be a string'],
    ['{ extraBody: [] }', 'extraBody: must be an object'],
    ['{ extraBody: { toString: 1 } }', 'extraBody.toString: is not allowed as a name'],
  ])('refuses model rule %s', (rule, problem) => {
    expect(problemsIn(`${UPSTREAMS}\nmodels: [${rule}]`)).toContain(`models.0.${problem}`);
  });

  it.each([
    ['{}', 'name: is missing'],
    ['{ name: "" }', 'name: should not be empty'],
    ['{ accessKeyId: 12345 }', 'accessKeyId: must be 1 to 128 letters, digits and _'],
    ['{ accessKeyId: "AKIA/1" }', 'accessKeyId: must be 1 to 128 letters, digits and _'],
    ['{ secret: sk-1 }', 'secret: must not be in the file, only by reference: secretFile'],
    ['{ bearerSha256: sk-1 }', 'bearerSha256: must be 64 hexadecimal digits'],
    ['{ models: "*" }', 'models: must be an array'],
    ['{ models: [] }', 'models: should not be empty'],
    ['{ models: [""] }', 'models: each value should not be empty'],
    ['{ limits: 5 }', 'limits: must be an object'],
    ['{ limits: { requestsPerMinute: 0 } }', 'limits.requestsPerMinute: must not be less than 1'],
    ['{ limits: { concurrent: 1.5 } }', 'limits.concurrent: must be an integer number'],
    ['{ limits: { tokensPerMinute: 1 } }', 'limits.tokensPerMinute: is not a key that is known here'],
  ])('refuses client %s', (client, problem) => {
    const problems = problemsIn(`${UPSTREAMS}\n${MODELS}\nclients: [${client}]`);
    expect(problems).toContain(`clients.0.${problem}`);
    expect(problems.join()).not.toContain('sk-1');
  });

  it('returns a file or problems for any text, and quotes no values', () => {
    const secret = 'Zq9secretZq9';
    const piece = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '[',
      '{',
      '}',
      '"',
      '*',
      '&',
      '!',
      '-',
      '|',
      '%',
      secret,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const keys = problemsIn(`upstreams: "${secret}"\n${pieces.join('')}`);
        expect(keys.filter((line) => line.split(': ').slice(1).join().includes(secret))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
