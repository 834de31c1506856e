import fc from 'fast-check';
import { declaredToolName, declaredToolNames, isDeclaredName } from './tool-name.js';

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

  const namespaced = ['look', 'files__read', 'mail__read', 'list', 'files__list', 'x__send_all', '___'];

  it.each([
    ['behind a dot', 'functions.look', 'look'],
    ['behind a colon', 'default_api:look', 'look'],
    ['behind two colons', 'tools::look', 'look'],
    ['behind a slash', 'server/look', 'look'],
    ['behind underscores', 'functions__look', 'look'],
    ['behind an arrow', 'tools->look', 'look'],
    ['behind two', 'default.functions.look', 'look'],
    ['behind one, in another case', 'functions.Look', 'look'],
    ['behind a namespace that is declared in another form', 'files.read', 'files__read'],
    ['behind one, where the namespace is declared', 'functions.files__read', 'files__read'],
    ['behind one, where it is declared with and without', 'functions.list', 'list'],
    ['without the namespace that is declared', 'send_all', 'x__send_all'],
    ['without a namespace, where two are declared', 'read', 'read'],
    ['behind a namespace that another has', 'calendar.read', 'calendar_read'],
    ['a single underscore is part of the name', 'functions_look', 'functions_look'],
    ['a hyphen is part of the name', 'functions-look', 'functions-look'],
    ['a namespace alone', 'functions.', 'functions_'],
    ['nothing that can be compared', '日本', '__'],
    ['the beginning of a name', 'functions.loo', 'functions_loo'],
  ])('with a namespace: %s', (_, name, expected) => {
    expect(declaredToolName(name, namespaced)).toBe(expected);
  });

  it('keeps every declared name, whatever other names are declared', () => {
    const word = fc.stringMatching(/^[a-z_]{1,6}$/);
    const tools = fc.array(
      fc.oneof(
        word,
        fc.tuple(word, word).map((words) => words.join('__')),
      ),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(tools, (names) => {
        expect(names.map((name) => declaredToolName(name, names))).toEqual(names);
      }),
    );
  });

  it('takes linear time for a hostile name', () => {
    const name = 'a.'.repeat(500_000);
    expect(declaredToolName(name, namespaced)).toBe('a_'.repeat(32));
    expect(isDeclaredName(name, namespaced)).toBe(false);
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

  it('finds no names in a request without tools', () => {
    expect(declaredToolNames({})).toEqual([]);
  });
});
