import { jsonSchema, tool, type ToolSet } from 'ai';
import { WEATHER_SCHEMA } from './weather.js';

/** The tool in the form of the AI SDK, which runs it. */
export const TOOLS: ToolSet = {
  get_weather: tool({
    description: 'The weather in a city, now',
    inputSchema: jsonSchema<{ city: string }>({ ...WEATHER_SCHEMA, required: ['city'] }),
    execute: ({ city }) => ({ celsius: city.length }),
  }),
};
