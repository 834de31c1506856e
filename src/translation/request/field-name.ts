/** Bounds the work for a client's name, which may be megabytes long. No server has longer names. */
const MAX_CHARACTERS = 256;
const PLAIN = /^[a-z\d_]*$/;

/**
 * A field name → the spellings that a server may read it as. Go matches names case-insensitively under Unicode (`ſtream`,
 * `K` for Kelvin), and JavaScript servers may accept `baseUrl` for `base_url`.
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
