import type { ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';

/** One tool in the form of each API. */

export const WEATHER_SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
} as const;

export const WEATHER_TOOLS: ToolConfiguration = {
  tools: [
    {
      toolSpec: {
        name: 'get_weather',
        description: 'The weather in a city, now',
        inputSchema: { json: { ...WEATHER_SCHEMA, required: [...WEATHER_SCHEMA.required] } },
      },
    },
  ],
};

/** The tool as the upstream gets it. */
export const WEATHER_FUNCTION = {
  type: 'function',
  function: { name: 'get_weather', description: 'The weather in a city, now', parameters: WEATHER_SCHEMA },
};

export const PARIS = { id: 'call_paris', name: 'get_weather', arguments: { city: 'Paris' } };
export const ROME = { id: 'call_rome', name: 'get_weather', arguments: { city: 'Rome' } };
export const OSLO = { id: 'call_oslo', name: 'get_weather', arguments: { city: 'Oslo' } };
