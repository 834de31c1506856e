import { RE2JS } from 're2js';
import { longestMatch } from '../config/longest-match.js';
import type { Form, Span } from './recogniser.js';

/**
 * Finds the matches of a regular expression. RE2 takes linear time for any text and any expression.
 * @throws the error of RE2 for an expression that it does not accept
 */
export function regexForm(pattern: string): Form {
  const expression = RE2JS.compile(pattern);
  return {
    reach: longestMatch(pattern) + 2,
    spansSpaces: true,
    find: (text, from, to) => {
      const spans: Span[] = [];
      // whether there is a match at all is known much sooner than where it is
      if (!expression.test(text)) return spans;
      const matcher = expression.matcher(text);
      for (let found = matcher.find(from); found && matcher.start() < to; found = matcher.find()) {
        if (matcher.end() > matcher.start()) spans.push({ begin: matcher.start(), end: matcher.end() });
      }
      return spans;
    },
  };
}
