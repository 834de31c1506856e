import { choice, type ClientToolFunction, integer, objectSchema, pair, text } from './client-tool.js';

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/memory-tool */
export const MEMORY: ClientToolFunction = {
  description:
    'Keep notes in files below the folder `/memories`, which lives on between conversations. View the folder before a ' +
    'task, and note what a later conversation needs to know.',
  schema: objectSchema(
    {
      command: choice(['view', 'create', 'str_replace', 'insert', 'delete', 'rename'], 'What to do.'),
      path: text('The file or folder, below `/memories`. For every command except `rename`.'),
      view_range: pair('For `view` of a file: the first and the last line to show, counted from 1.'),
      file_text: text('For `create`: the content of the file.'),
      old_str: text('For `str_replace`: the text to replace. It must stand in the file exactly once.'),
      new_str: text('For `str_replace`: the text in its place.'),
      insert_line: integer(
        'For `insert`: the line after which the text is inserted; 0 inserts at the beginning.',
      ),
      insert_text: text('For `insert`: the text to insert.'),
      old_path: text('For `rename`: the path until now.'),
      new_path: text('For `rename`: the new path.'),
    },
    ['command'],
  ),
};
