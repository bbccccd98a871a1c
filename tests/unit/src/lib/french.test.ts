import { describe, expect, test } from 'vitest';
import { french } from '../../../../src/lib/french.ts';

const FINE = '\u202f';
const NO_BREAK = '\u00a0';

describe('french', () => {
  test.each([
    ['Attention : le port', `Attention${FINE}: le port`],
    ['prêt ; il démarre', `prêt${FINE}; il démarre`],
    ['Prêt ?', `Prêt${FINE}?`],
    ['« slim »', `«${FINE}slim${FINE}»`],
    ['«slim »', `«${FINE}slim${FINE}»`],
    [' : suite d’un mot en gras', `${FINE}: suite d’un mot en gras`],
    ['412 Mo sur 6 Go', `412${NO_BREAK}Mo sur 6${NO_BREAK}Go`],
    ['en 1 h 30', `en 1${NO_BREAK}h${NO_BREAK}30`],
    ["l'image", 'l’image'],
  ])('%s', (given, expected) => {
    expect(french(given)).toBe(expected);
  });

  test.each(['http://localhost:4321', '14:02:41', 'a::b', 'etl:1.3', '3 minutes', 'un 3 mai'])('leaves %s unchanged', (text) => {
    expect(french(text)).toBe(text);
  });

  test('changes nothing when applied twice', () => {
    const once = french('« Prêt ? » : 12 s');
    expect(french(once)).toBe(once);
  });
});
