import { readCommandLine } from './command-line.js';
import { helpText, OPTIONS } from './options.js';
import { UsageError } from './usage.error.js';

describe('The command line', () => {
  it.each<[string, ReturnType<typeof readCommandLine>]>([
    ['', { kind: 'start', options: {} }],
    ['--help', { kind: 'help' }],
    ['--version --port 1', { kind: 'version' }],
    [
      '--upstream http://127.0.0.1:11434/v1 --dialect=ollama --port 8001 --models auto',
      {
        kind: 'start',
        options: {
          upstream: 'http://127.0.0.1:11434/v1',
          dialect: 'ollama',
          port: '8001',
          models: 'auto',
        },
      },
    ],
    ['--discover', { kind: 'start', options: { discover: true } }],
    ['--config c.yaml --port 1', { kind: 'start', options: { config: 'c.yaml', port: '1' } }],
    [
      'key new team-a --models a,b',
      { kind: 'script', script: 'key-new.js', args: ['team-a', '--models', 'a,b'] },
    ],
    ['config check', { kind: 'script', script: 'config-check.js', args: [] }],
    ['config check c.yaml', { kind: 'script', script: 'config-check.js', args: ['c.yaml'] }],
  ])('%s', (text, expected) => {
    expect(readCommandLine(words(text))).toEqual(expected);
  });

  it.each([
    ['--upsteam http://127.0.0.1', "Unknown option '--upsteam'"],
    ['--port', "Option '--port <value>' argument missing"],
    ['--discover=yes', "Option '--discover' does not take an argument"],
    ['start', "Unexpected argument 'start'"],
    ['key old', "Unexpected argument 'key'"],
    ['--config c.yaml --upstream http://a', '--upstream and --config cannot be used together'],
    ['--config c.yaml --models auto', '--models and --config cannot be used together'],
  ])('refuses %s', (text, message) => {
    expect(() => readCommandLine(words(text))).toThrow(UsageError);
    expect(() => readCommandLine(words(text))).toThrow(message);
  });

  it('is explained, in lines that a terminal holds', () => {
    const help = helpText();
    for (const { name } of OPTIONS) expect(help).toContain(`--${name} `);
    expect(help.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });
});

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
