import { LineCounter, parseDocument, visit, type Document, type ErrorCode } from 'yaml';
import { ConfigFileError } from './config-file.error.js';

/** More than a configuration needs. Nested aliases can expand to huge values. */
const MAX_ALIASES = 100;

/**
 * YAML or JSON text → its object.
 * @throws ConfigFileError one line for each problem, with line and column, without the text itself
 */
export function readYaml(text: string): Readonly<Record<string, unknown>> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    merge: true,
    stringKeys: true,
  });
  const problems = [...syntaxProblems(document), ...aliasProblems(document)];
  if (problems.length > 0) {
    throw new ConfigFileError(problems.map(({ offset, reason }) => `${place(lines, offset)}: ${reason}`));
  }
  const content = toPlainValues(document);
  const inherited = inheritedKeys(content, []);
  if (inherited.length > 0) throw new ConfigFileError(inherited);
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    throw new ConfigFileError(['the file must hold an object with upstreams and models']);
  }
  return { ...content };
}

interface SyntaxProblem {
  readonly offset: number;
  readonly reason: string;
}

const QUOTE_GLOBS = 'a text that starts with * must be quoted';

/** Replaces messages of the parser that quote the file or are hard to understand. */
const REASONS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: QUOTE_GLOBS,
  BAD_COLLECTION_TYPE: 'a tag on something else than it is for',
  BAD_DIRECTIVE: 'an unknown directive',
  BAD_DQ_ESCAPE: 'an unknown escape sequence in double quotes',
  BAD_SCALAR_START: 'a text that starts with a reserved character must be quoted',
  MULTIPLE_DOCS: 'the file must hold one document',
  NON_STRING_KEY: 'a key that is no text',
  TAG_RESOLVE_FAILED: 'an unknown tag; a text that starts with ! must be quoted',
  UNEXPECTED_TOKEN: 'this does not fit here',
};

function syntaxProblems({ errors, warnings }: Document): SyntaxProblem[] {
  return [...errors, ...warnings].map(({ code, message, pos: [offset] }) => ({
    offset,
    reason: REASONS[code] ?? message,
  }));
}

/** Reports undefined and recursive aliases. YAML reads an unquoted `*claude*` as an alias. */
function aliasProblems(document: Document): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const offset = alias.range?.[0] ?? 0;
      const target = alias.resolve(document);
      if (target === undefined) problems.push({ offset, reason: QUOTE_GLOBS });
      else if (ancestors.includes(target)) problems.push({ offset, reason: 'an alias of what it is in' });
    },
  });
  return problems;
}

function place(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

function toPlainValues(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    throw new ConfigFileError(['the file has too many aliases']);
  }
}

/** Refuses keys such as `constructor`, which code would confuse with inherited members. */
function inheritedKeys(value: unknown, path: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const memberPath = [...path, key];
    return key in Object.prototype
      ? [`${memberPath.join('.')}: is not allowed as a name`]
      : inheritedKeys(member, memberPath);
  });
}
