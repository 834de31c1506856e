/** No server knows a longer name, and a client may send megabytes of one. */
const MAX_CHARACTERS = 256;
const PLAIN = /^[a-z\d_]*$/;

/**
 * The spellings of a name that a server may take for each other: Go matches names without regard to case, `ſtream` and
 * `K` (Kelvin) included, and JavaScript writes `baseUrl` for `base_url`.
 */
export function spellingsOf(name: string): readonly string[] {
  const start = name.slice(0, MAX_CHARACTERS);
  if (PLAIN.test(start)) return [start];
  const snake = start.replace(/([a-z\d])([A-Z])/g, '$1_$2').replaceAll(/[-. ]/g, '_');
  return [fold(start), fold(snake)];
}

function fold(name: string): string {
  return name.toUpperCase().toLowerCase();
}
