import { isIPv4, isIPv6 } from 'node:net';
import type { Form, Span } from '../recogniser.js';
import { bounded, findValid } from './boundaries.js';

const IPV4 = bounded(String.raw`\d{1,3}(?:\.\d{1,3}){3}`);
/** A run of what an address of version 6 consists of. */
const IPV6_RUN = /[0-9a-f:.]+/gi;
const IPV6_LONGEST = 45;
const WORD = /[\p{L}\p{N}_]/u;

/** IP addresses of both versions. */
export const IP_ADDRESS: Form = {
  reach: IPV6_LONGEST + 2,
  spansSpaces: false,
  find: (text) =>
    [...findValid(text, IPV4, (match) => isIPv4(match)), ...ipv6In(text)].toSorted(
      (one, other) => one.begin - other.begin,
    ),
};

function ipv6In(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: run, index: begin } of text.matchAll(IPV6_RUN)) {
    if (run.length > IPV6_LONGEST + 1 || !run.includes(':')) continue;
    const address = run.replace(/(?:\.|(?<!:):)$/, '');
    const end = begin + address.length;
    const isAlone = !WORD.test(text.charAt(begin - 1)) && !WORD.test(text.charAt(end));
    // names of programs have the form too: `a::b`
    if (isAlone && /\d/.test(address) && isIPv6(address)) spans.push({ begin, end });
  }
  return spans;
}

const MAC = bounded(
  '(?:[0-9A-F]{2}([:-])(?:[0-9A-F]{2}\\1){4}[0-9A-F]{2}|[0-9A-F]{4}\\.[0-9A-F]{4}\\.[0-9A-F]{4})(?![:-][0-9A-F])',
  'i',
);
const MAC_LONGEST = 17;

/** MAC addresses: `00:1A:2B:3C:4D:5E`, `00-1A-…`, `001A.2B3C.4D5E`. */
export const MAC_ADDRESS: Form = {
  reach: MAC_LONGEST + 3,
  spansSpaces: false,
  find: (text) =>
    findValid(text, MAC, (_, begin) => !/[0-9A-F][:-]$/i.test(text.slice(Math.max(0, begin - 2), begin))),
};
