import type { Configuration } from '../configuration.js';

/** Warnings about valid settings that are probably errors: one line each. */
export function warningsAbout({ upstreams, models }: Configuration): string[] {
  const everything = models.findIndex(({ match }) => match === '*');
  const unreachable = models.flatMap(({ match }, index) => {
    const earlier = models.findIndex((rule) => rule.match === match);
    const first = everything !== -1 && everything < index ? everything : earlier;
    return first < index ? [`models.${index}: is never reached, models.${first} matches before it`] : [];
  });
  const routed = new Set(models.flatMap(({ route }) => route.map(({ upstream }) => upstream)));
  const unused = upstreams
    .filter((upstream) => !routed.has(upstream))
    .map(({ name }) => `upstreams.${name}: no route leads to it`);
  return [...unreachable, ...unused];
}
