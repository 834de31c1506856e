import { readFileSync } from 'node:fs';
import type {
  BetaContentBlockParam,
  BetaToolUnion,
  MessageCreateParams,
} from '@anthropic-ai/sdk/resources/beta/messages';
import { ValidationException } from '../src/bedrock/bedrock.exception.js';
import type { JsonObject } from '../src/bedrock/validation/rule.js';
import { MESSAGES_FORMAT } from '../src/formats/format-registry.js';

type Member =
  | Exclude<keyof MessageCreateParams, symbol | number>
  | 'anthropic_version'
  | 'anthropic_beta'
  | 'temperature'
  | 'top_p'
  | 'top_k';
type BlockType = BetaContentBlockParam['type'];
type ToolType = NonNullable<BetaToolUnion['type']>;

/** A value of each member of the SDK's request: a new member does not compile until it is here. */
const MEMBERS = {
  anthropic_version: 'bedrock-2023-05-31',
  anthropic_beta: ['a-beta'],
  max_tokens: 5,
  messages: [{ role: 'user', content: 'Hello' }],
  model: 'm',
  stream: true,
  system: 'Be brief.',
  temperature: 0.5,
  top_p: 0.5,
  top_k: 5,
  stop_sequences: ['END'],
  tools: [{ name: 'f', input_schema: { type: 'object' } }],
  tool_choice: { type: 'none' },
  thinking: { type: 'adaptive' },
  output_config: { effort: 'low' },
  output_format: { type: 'json_schema', schema: {} },
  metadata: { user_id: 'u' },
  service_tier: 'auto',
  betas: ['a-beta'],
  cache_control: { type: 'ephemeral' },
  context_management: { edits: [] },
  inference_geo: 'eu',
  speed: 'fast',
  diagnostics: {},
  user_profile_id: 'u',
  workspace_id: 'w',
  billing_policy: {},
  fallback_credit_token: 't',
  container: 'c',
  mcp_servers: [{ type: 'url', url: 'https://a.example' }],
  fallbacks: [{ model: 'm' }],
  thread: {},
  compaction: {},
} as const satisfies Record<Member, unknown>;

const RESULT = { tool_use_id: 'a', content: [] };
const CALL = { id: 'a', name: 'f', input: {} };
const CHANGE = { tool: { type: 'tool_reference', name: 'f' } };
const IMAGE = { type: 'base64', media_type: 'image/png', data: 'AQID' };

/** The members of a block of each type, beside the type. */
const BLOCKS = {
  text: { text: 'a' },
  image: { source: IMAGE },
  document: { source: { type: 'text', media_type: 'text/plain', data: 'a' } },
  search_result: { source: 'a', title: 'b', content: [] },
  thinking: { thinking: 'a', signature: 'b' },
  redacted_thinking: { data: 'AQID' },
  tool_use: CALL,
  tool_result: RESULT,
  tool_addition: CHANGE,
  tool_removal: CHANGE,
  server_tool_use: CALL,
  mcp_tool_use: CALL,
  advisor_tool_result: RESULT,
  bash_code_execution_tool_result: RESULT,
  code_execution_tool_result: RESULT,
  mcp_tool_result: RESULT,
  text_editor_code_execution_tool_result: RESULT,
  tool_search_tool_result: RESULT,
  web_fetch_tool_result: RESULT,
  web_search_tool_result: RESULT,
  compaction: { content: 'a' },
  fallback: {},
  container_upload: {},
  mcp_tool_listing: {},
} as const satisfies Record<BlockType, object>;

/** The members of a tool of each type, beside the type and the name. */
const TOOLS = {
  custom: { input_schema: { type: 'object' } },
  bash_20241022: {},
  bash_20250124: {},
  text_editor_20241022: {},
  text_editor_20250124: {},
  text_editor_20250429: {},
  text_editor_20250728: {},
  computer_20241022: {},
  computer_20250124: {},
  computer_20251124: {},
  memory_20250818: {},
  tool_search_tool_bm25_20251119: {},
  tool_search_tool_bm25: {},
  tool_search_tool_regex_20251119: {},
  tool_search_tool_regex: {},
  computer_toolset_20260801: {},
  browser_toolset_20260801: {},
  advisor_20260301: {},
  code_execution_20250522: {},
  code_execution_20250825: {},
  code_execution_20260120: {},
  code_execution_20260521: {},
  web_fetch_20250910: {},
  web_fetch_20260209: {},
  web_fetch_20260309: {},
  web_fetch_20260318: {},
  web_search_20250305: {},
  web_search_20260209: {},
  web_search_20260318: {},
  mcp_toolset: {},
} as const satisfies Record<ToolType, object>;

const PAGE = readFileSync('docs/invoke-model/anthropic-messages.md', 'utf8');
const HELLO: JsonObject = { max_tokens: 5, messages: [{ role: 'user', content: 'Hello' }] };

/** What becomes of the value at a path of a body. */
function fateOf(body: JsonObject, path: string): string {
  try {
    const { ignored, hints } = MESSAGES_FORMAT.reduce(body);
    if (ignored.includes(path)) return 'reported';
    return hints.includes(path) ? 'hint' : 'mapped';
  } catch (error) {
    if (!(error instanceof ValidationException)) throw error;
    expect(error.message).toContain(path);
    return 'refused';
  }
}

function rowsOf(heading: string): Map<string, string> {
  const [, section = ''] = PAGE.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  const cells = /^\| `([^`]+)` +\| (\w+) +\| .*\|$/gm;
  return new Map([...table.matchAll(cells)].map(([, name = '', fate = '']) => [name, fate]));
}

describe.each<[heading: string, values: object, fate: (name: string, value: object) => string]>([
  [
    'Request',
    MEMBERS,
    (member, value) => fateOf({ ...HELLO, tools: MEMBERS.tools, [member]: value }, member),
  ],
  [
    'Content blocks',
    BLOCKS,
    (type, members) => {
      const content = [{ type, ...members }];
      return fateOf({ ...HELLO, messages: [{ role: 'user', content }] }, 'messages.0.content.0');
    },
  ],
  [
    'Tools',
    TOOLS,
    (type, members) => fateOf({ ...HELLO, tools: [{ type, name: 'f', ...members }] }, 'tools.0'),
  ],
])('docs/invoke-model/anthropic-messages.md: %s', (heading, values, fate) => {
  const rows = rowsOf(heading);

  it.each(Object.entries(values))('says what becomes of %s', (name, value: object) => {
    const told = rows.get(name);
    expect(told === 'answered' ? 'mapped' : told).toBe(fate(name, value));
  });

  it('names nothing that the SDK does not send', () => {
    expect([...rows.keys()].filter((name) => !Object.hasOwn(values, name))).toEqual([]);
  });
});
