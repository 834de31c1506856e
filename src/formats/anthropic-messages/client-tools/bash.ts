import { type ClientToolFunction, objectSchema, text } from './client-tool.js';

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/bash-tool */
export const BASH: ClientToolFunction = {
  description:
    'Run a command in a bash shell that lives on between calls: it keeps its working directory, variables and files. ' +
    'Give either `command` or `restart`. Commands that wait for input do not work.',
  schema: objectSchema(
    {
      command: text('The command to run. Required unless the tool is restarted.'),
      restart: { type: 'boolean', description: 'true starts the shell anew.' },
    },
    [],
  ),
};
