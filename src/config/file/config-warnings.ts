import type { Configuration } from '../configuration.js';
import { longestMatch } from '../longest-match.js';

/** Warnings about valid settings that are probably errors: one line each. */
export function warningsAbout({ upstreams, models, guardrails, clients, s3 }: Configuration): string[] {
  const everything = models.findIndex(({ match }) => match === '*');
  const unreachable = models.flatMap(({ match }, index) => {
    const earlier = models.findIndex((rule) => rule.match === match);
    const first = everything !== -1 && everything < index ? everything : earlier;
    return first < index ? [`models.${index}: is never reached, models.${first} matches before it`] : [];
  });
  const routed = new Set(
    models.flatMap(({ route, levelRoute = [] }) => [...route, ...levelRoute].map(({ upstream }) => upstream)),
  );
  const unused = upstreams
    .filter((upstream) => !routed.has(upstream))
    .map(({ name }) => `upstreams.${name}: no route leads to it`);
  const unread =
    s3 !== undefined && clients.length > 0 && clients.every((client) => client.s3 === undefined)
      ? ['s3: no client may read from it, clients.*.s3 is missing']
      : [];
  return [...unreachable, ...unused, ...unread, ...longMatches(guardrails)];
}

/** Regular expressions that keep streams waiting. */
function longMatches(guardrails: Configuration['guardrails'] = []): string[] {
  return guardrails.flatMap(({ regexes, maxMatchCharacters }, guardrail) =>
    regexes.flatMap(({ pattern }, index) =>
      longestMatch(pattern) <= maxMatchCharacters
        ? []
        : [
            `guardrails.${guardrail}.regexes.${index}: streams are held back to the end of each block, because a match may have more than ${maxMatchCharacters} characters`,
          ],
    ),
  );
}
