import type { ConverseRequestDto } from '../../src/bedrock/converse/converse-request.dto.js';

const bytes = 'AQID/w==';
const s3Location = { uri: 's3://bucket-1/key', bucketOwner: '123456789012' };
const citations = { enabled: true };
const location = { documentIndex: 0, start: 1, end: 2 };

/** A request in which every member of the model is present. One content block for each member of each union. */
export const COMPLETE_REQUEST: ConverseRequestDto = {
  messages: [
    {
      role: 'user',
      content: [
        { text: 'hello' },
        { image: { format: 'png', source: { bytes }, error: { message: 'blurred' } } },
        { image: { format: 'jpeg', source: { s3Location } } },
        { document: { format: 'pdf', name: 'a', source: { bytes }, context: 'a letter', citations } },
        { document: { name: 'a', source: { s3Location } } },
        { document: { name: 'a', source: { text: 'text' } } },
        { document: { name: 'a', source: { content: [{ text: 'chunk' }] } } },
        { video: { format: 'mp4', source: { bytes } } },
        { video: { format: 'three_gp', source: { s3Location } } },
        { audio: { format: 'mp3', source: { bytes }, error: { message: 'noise' } } },
        { audio: { format: 'x-aac', source: { s3Location } } },
        { guardContent: { text: { text: 'guarded', qualifiers: ['query', 'guard_content'] } } },
        { guardContent: { image: { format: 'png', source: { bytes } } } },
        { cachePoint: { type: 'default', ttl: '5m' } },
        { searchResult: { source: 'https://a.example', title: 'A', content: [{ text: 'a' }], citations } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { reasoningContent: { reasoningText: { text: 'hm', signature: 'c2lnbmVk' } } },
        { reasoningContent: { redactedContent: bytes } },
        {
          toolUse: {
            toolUseId: 'functions.a:0',
            name: 'a_tool',
            input: { a: [1, null] },
            type: 'server_tool_use',
          },
        },
        {
          citationsContent: {
            content: [{ text: 'as it is said' }],
            citations: [
              {
                title: 'A',
                source: 'a',
                sourceContent: [{ text: 'said' }],
                location: { web: { url: 'https://a.example', domain: 'a.example' } },
              },
              { location: { documentChar: location } },
              { location: { documentPage: location } },
              { location: { documentChunk: location } },
              { location: { searchResultLocation: { searchResultIndex: 0, start: 1, end: 2 } } },
            ],
          },
        },
      ],
    },
    {
      role: 'user',
      content: [
        {
          toolResult: {
            toolUseId: 'functions.a:0',
            content: [
              { json: { a: [1, null] } },
              { text: 'text' },
              { image: { format: 'gif', source: { bytes } } },
              { document: { format: 'txt', name: 'a', source: { bytes } } },
              { video: { format: 'mkv', source: { bytes } } },
              { searchResult: { source: 's', title: 't', content: [] } },
            ],
            status: 'error',
            type: 'any',
          },
        },
      ],
    },
    {
      role: 'system',
      content: [
        { toolAddition: { tool: { type: 'tool', name: 'a_tool', serverName: 'a_server' } } },
        { toolRemoval: { tool: { type: 'tool', name: 'a_tool', serverName: 'a_server' } } },
      ],
    },
  ],
  system: [
    { text: 'be brief' },
    { guardContent: { text: { text: 'guarded' } } },
    { cachePoint: { type: 'default', ttl: '1h' } },
  ],
  inferenceConfig: { maxTokens: 100, temperature: 0.5, topP: 0.9, stopSequences: ['END', ' '] },
  toolConfig: {
    tools: [
      {
        toolSpec: {
          name: 'a_tool',
          description: 'does a',
          inputSchema: { json: { type: 'object', properties: {} } },
          strict: true,
        },
      },
      { systemTool: { name: 'nova_grounding' } },
      { cachePoint: { type: 'default' } },
    ],
    toolChoice: { tool: { name: 'a_tool' } },
  },
  guardrailConfig: {
    guardrailIdentifier: 'abc123',
    guardrailVersion: 'DRAFT',
    trace: 'enabled_full',
    streamProcessingMode: 'async',
  },
  additionalModelRequestFields: { top_k: 5, thinking: { type: 'enabled', budget_tokens: 1024 } },
  promptVariables: { city: { text: 'Paris' } },
  additionalModelResponseFieldPaths: ['/stop_sequence'],
  requestMetadata: { team: 'a team' },
  performanceConfig: { latency: 'optimized' },
  serviceTier: { type: 'flex' },
  outputConfig: {
    textFormat: {
      type: 'json_schema',
      structure: { jsonSchema: { schema: '{"type":"object"}', name: 'city', description: 'a city' } },
    },
    effort: 'high',
  },
};
