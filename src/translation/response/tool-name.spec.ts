import { declaredToolName, declaredToolNames } from './tool-name.js';

const declared = ['getWeather', 'list-files', 'send_mail', 'sendMail', 'Search'];

describe('the name of a called function → the declared name', () => {
  it.each([
    ['the same', 'getWeather', 'getWeather'],
    ['snake case', 'get_weather', 'getWeather'],
    ['other separators', 'list_files', 'list-files'],
    ['another case', 'search', 'Search'],
    ['the same, where another is alike', 'send_mail', 'send_mail'],
    ['alike to two', 'SendMail', 'SendMail'],
    ['unknown', 'delete_all', 'delete_all'],
    ['unknown, with characters that clients refuse', 'ns.delete all!', 'ns_delete_all_'],
    ['unknown, and longer than clients take', 'x'.repeat(70), 'x'.repeat(64)],
    ['the name of something inherited', 'constructor', 'constructor'],
  ])('%s', (_, name, expected) => {
    expect(declaredToolName(name, declared)).toBe(expected);
  });

  it('takes the names from the tools of the request', () => {
    const toolSpec = { name: 'getWeather', inputSchema: { json: {} } };
    const tools = [
      { toolSpec },
      { cachePoint: { type: 'default' as const } },
      { systemTool: { name: 'web' } },
    ];
    expect(declaredToolNames({ toolConfig: { tools } })).toEqual(['getWeather']);
  });

  it('takes none from a request without tools', () => {
    expect(declaredToolNames({})).toEqual([]);
  });
});
