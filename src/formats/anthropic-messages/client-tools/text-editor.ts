import { choice, type ClientToolFunction, integer, objectSchema, pair, text } from './client-tool.js';

const MEMBERS = {
  path: text('Absolute path of a file or a folder: `/repo/file.py` or `/repo`.'),
  view_range: pair(
    'For `view` of a file: the first and the last line to show, counted from 1; -1 as the last shows all to the end.',
  ),
  file_text: text('For `create`: the content of the file.'),
  old_str: text('For `str_replace`: the text to replace. It must stand in the file exactly once.'),
  insert_line: integer(
    'For `insert`: the line after which the text is inserted; 0 inserts at the beginning.',
  ),
};

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/text-editor-tool */
export const TEXT_EDITOR: ClientToolFunction = {
  description: 'View, create and edit text files.',
  schema: objectSchema(
    {
      command: choice(['view', 'create', 'str_replace', 'insert'], 'What to do.'),
      ...MEMBERS,
      new_str: text('For `str_replace`: the text in its place; absent, the text is deleted.'),
      insert_text: text('For `insert`: the text to insert.'),
    },
    ['command', 'path'],
  ),
};

/** Before April 2025: edits could be taken back, and `new_str` was also the text to insert. */
export const TEXT_EDITOR_WITH_UNDO: ClientToolFunction = {
  description: 'View, create and edit text files, and take the last edit of a file back.',
  schema: objectSchema(
    {
      command: choice(['view', 'create', 'str_replace', 'insert', 'undo_edit'], 'What to do.'),
      ...MEMBERS,
      new_str: text(
        'For `str_replace`: the text in its place; absent, the text is deleted. For `insert`: the text to insert.',
      ),
    },
    ['command', 'path'],
  ),
};
