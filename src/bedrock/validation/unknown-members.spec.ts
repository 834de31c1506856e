import { COMPLETE_REQUEST } from '../../../test/support/complete-converse-request.js';
import { withValueAt } from '../../../test/support/json-path.js';
import { ConverseRequestDto } from '../converse/converse-request.dto.js';
import { unknownMembers } from './unknown-members.js';

describe('unknownMembers', () => {
  it('finds none in a request with every member', () => {
    expect(unknownMembers(ConverseRequestDto, COMPLETE_REQUEST)).toEqual([]);
  });

  it.each([
    ['at the top', 'unheardOf'],
    ['in a structure', 'inferenceConfig.topK'],
    ['in a list', 'messages.0.name'],
    ['beside the member of a union', 'messages.0.content.0.unheardOf'],
    ['deep down', 'messages.1.content.3.citationsContent.citations.0.location.web.port'],
    ['in a structure without members', 'toolConfig.toolChoice.tool.strict'],
    ['in a map', 'promptVariables.city.number'],
    ['by a name that every object inherits', 'messages.0.constructor'],
  ])('finds one %s', (_, path) => {
    expect(unknownMembers(ConverseRequestDto, withValueAt(COMPLETE_REQUEST, path, { a: 1 }))).toEqual([path]);
  });

  it.each([
    ['additional fields', 'additionalModelRequestFields.unheardOf'],
    ['a tool schema', 'toolConfig.tools.0.toolSpec.inputSchema.json.unheardOf'],
    ['the input of a tool', 'messages.1.content.2.toolUse.input.unheardOf'],
    ['the result of a tool', 'messages.2.content.0.toolResult.content.0.json.unheardOf'],
    ['the keys of prompt variables', 'promptVariables.unheardOf'],
    ['the keys of request metadata', 'requestMetadata.unheardOf'],
  ])('reports nothing inside %s', (_, path) => {
    expect(unknownMembers(ConverseRequestDto, withValueAt(COMPLETE_REQUEST, path, { text: 'a' }))).toEqual(
      [],
    );
  });

  it('finds several in the order of the request', () => {
    const request = { a: 1, messages: [{ b: 1, content: [{ c: null }] }, { content: [{ text: '', d: 0 }] }] };
    expect(unknownMembers(ConverseRequestDto, request)).toEqual([
      'a',
      'messages.0.b',
      'messages.0.content.0.c',
      'messages.1.content.0.d',
    ]);
  });

  it('reads __proto__ as any other unknown name', () => {
    expect(unknownMembers(ConverseRequestDto, JSON.parse('{"__proto__":{"messages":[]}}'))).toEqual([
      '__proto__',
    ]);
  });

  it.each([null, undefined, 5, 'text', []])('finds none in %p', (json) => {
    expect(unknownMembers(ConverseRequestDto, json)).toEqual([]);
  });

  it('reports at most 200 paths and shortens long names', () => {
    const names = Array.from({ length: 5000 }, (_, index) => [`${index}-${'x'.repeat(1000)}`, 1] as const);
    const found = unknownMembers(ConverseRequestDto, { inferenceConfig: Object.fromEntries(names) });
    expect(found).toHaveLength(200);
    expect(found[0]).toBe(`inferenceConfig.0-${'x'.repeat(98)}…`);
  });
});
