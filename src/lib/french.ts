/** U+202F, the narrow no-break space of French punctuation. */
const FINE = '\u202f';
/** U+00A0, between a number and its unit. */
const NO_BREAK = '\u00a0';

const UNITS = 'Go|Mo|ko|Gio|Mio|Kio|octets|ms|s|min|h|px|points?|%|€';

/**
 * French typography for a text: narrow no-break spaces before `; : ! ?` and inside « », a no-break space between a number and its unit, and
 * typographic apostrophes. Never pass code.
 */
export function french(text: string): string {
  return text
    .replace(/[ \u00a0\u202f]+(?=[;:!?»])/g, FINE)
    .replace(/«[ \u00a0\u202f]*/g, `«${FINE}`)
    .replace(new RegExp(`(\\d)[ \\u00a0](?=(?:${UNITS})(?![\\p{L}\\d]))`, 'gu'), `$1${NO_BREAK}`)
    .replace(/(?<=\d\u00a0h) (?=\d{2}(?!\d))/g, NO_BREAK)
    .replace(/(?<=\p{L})'(?=[\p{L}«])/gu, '’');
}
