import { NativePaths } from './native-paths.js';

const paths = new NativePaths();
const block = paths.from('messages.0.content.2', { image: { format: 'png' } });
const request = paths.from(
  '',
  {
    messages: [{ content: [{ text: 'a' }, block] }],
    system: [{ text: 's' }],
    inferenceConfig: paths.from(
      '',
      { topP: 1, stopSequences: ['a'] },
      { topP: 'top_p', stopSequences: 'stop' },
    ),
    toolConfig: paths.same('toolConfig', { tools: [{ toolSpec: { name: 'x' } }] }),
  },
  { messages: 'messages', system: 'preamble' },
);

describe('NativePaths', () => {
  it.each([
    ['messages.0.content.1.image.format', 'messages.0.content.2'],
    ['messages.0.content.0.text', 'messages.0'],
    ['messages', 'messages'],
    ['system.0.text', 'preamble.0'],
    ['inferenceConfig.topP', 'top_p'],
    ['inferenceConfig.stopSequences.0', 'stop.0'],
    ['toolConfig.tools.0.toolSpec.name', 'toolConfig.tools.0.toolSpec.name'],
    ['toolConfig.tools.7', 'toolConfig.tools.7'],
    ['serviceTier', 'serviceTier'],
    ['__proto__.x', '__proto__.x'],
  ])('finds for %s the path %s', (path, native) => {
    expect(paths.resolve(request, path)).toBe(native);
  });
});
