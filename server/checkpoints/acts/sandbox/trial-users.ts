import type { SourceUser } from '../../../../contract/source.ts';

/** What a careless conversion would harm: zeros in front, a dash, an accent, an apostrophe, a sign. */
const PEOPLE = [
  ['Solène Kerbrat', 'skerbrat', 'Roscoff', '29680', '48.7231', '-3.9873'],
  ['Anaïs Tessier', 'atessier', 'Menton', '06500', '43.7747', '7.4975'],
  ["Loïc D'Argent", 'ldargent', 'Sedan', '08200', '49.7019', '4.9403'],
  ['Ruth Okafor', 'rokafor', 'Boston', '02108-1518', '42.3588', '-71.0638'],
  ['Marc Vialatte', 'mvialatte', 'Ambert', '63600', '45.5494', '3.7417'],
  ['Ines Duarte', 'iduarte', 'Porto', '4050-014', '41.1452', '-8.6161'],
  ['Hugo Perrin', 'hperrin', 'Gex', '01170', '46.3337', '6.0577'],
  ['Clémence Aubry', 'caubry', 'Troyes', '10000', '48.2973', '4.0744'],
  ['Yanis Belhadj', 'ybelhadj', 'Sète', '34200', '43.4028', '3.6967'],
  ['Elsa Grandin', 'egrandin', 'Ushant', '29242', '48.4571', '-5.0966'],
] as const;

/** The ten people of a trial; not those of the everyday source, so that what is loaded shows where it came from. */
export function trialUsers(firstId = 21): SourceUser[] {
  return PEOPLE.map(([name, username, city, zipcode, lat, lng], index) => ({
    id: firstId + index,
    name,
    username,
    email: `${username}@essai.test`,
    address: { street: `${index + 1} quai de l’Essai`, suite: `Bât. ${index + 1}`, city, zipcode, geo: { lat, lng } },
    phone: `02 00 00 00 ${10 + index}`,
    website: 'essai.test',
    company: { name: `Essai ${index + 1}`, catchPhrase: 'À l’essai', bs: 'vérifier' },
  }));
}

/** Later: one has moved, one has gone, others have come. */
export function laterUsers(): SourceUser[] {
  const [first, ...others] = trialUsers();
  const moved = first === undefined ? [] : [{ ...first, address: { ...first.address, city: 'Morlaix', zipcode: '09600' } }];
  const come = [0, 1, 2].flatMap((round) => trialUsers(101 + 10 * round));
  return [...moved, ...others.slice(0, -1), ...come];
}
