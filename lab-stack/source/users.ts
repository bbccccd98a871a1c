import type { SourceUser } from '../../contract/source.ts';

/** Ten fictional users, in the shape of the brief's API. Leading zeros, accents, apostrophes and a value with a comma are deliberate. */
export const USERS: readonly SourceUser[] = [
  user(1, 'Léa Moreau', 'lea.moreau', 'lea@moreau-textile.test', '04 93 55 01 02', 'moreau-textile.test', {
    at: ['12 rue de la République', 'Apt. 3', 'Nice', '06000', '43.7009', '7.2683'],
    of: ['Moreau Textile', 'Le fil qui relie', 'tissage de données sur mesure'],
  }),
  user(2, 'Noël Garçon', 'ngarcon', 'noel.garcon@quai-nord.test', '03 20 11 22 33', 'quai-nord.test', {
    at: ['8 quai du Wault', 'Bât. B', 'Lille', '59000', '50.6370', '3.0530'],
    of: ['Quai Nord', 'Arriver avant la marée', 'logistique fluviale en temps réel'],
  }),
  user(3, 'Chloé Lefèvre', 'chloe_l', 'chloe.lefevre@atelier-phare.test', '02 98 44 55 66', 'atelier-phare.test', {
    at: ["3 allée de l'Océan", 'Suite 14', 'Brest', '29200', '48.3904', '-4.4861'],
    of: ['Atelier du Phare', 'Voir loin, agir près', 'cartographie des côtes'],
  }),
  user(4, "Maëlys N'Guyen", 'maelys', 'maelys@trois-vallees.test', '04 79 00 12 34', 'trois-vallees.test', {
    at: ['27 chemin des Alpages', 'Chalet 2', 'Albertville', '73200', '45.6755', '6.3927'],
    of: ['Trois Vallées, Frères & Sœurs', 'La neige sans détour', 'prévisions de fréquentation'],
  }),
  user(5, 'Gaël Le Bihan', 'glebihan', 'gael@bihan-marine.test', '02 97 01 02 03', 'bihan-marine.test', {
    at: ['1 place du Marché', 'Apt. 12', 'Vannes', '56000', '47.6582', '-2.7608'],
    of: ['Bihan Marine', 'Du port au large', 'entretien de coques connectées'],
  }),
  user(6, 'Inès Belkacem', 'ines.b', 'ines@soleil-levant.test', '04 68 00 98 76', 'soleil-levant.test', {
    at: ['45 avenue Jean-Jaurès', 'Suite 7', 'Perpignan', '66000', '42.6887', '2.8948'],
    of: ['Soleil Levant', 'Chaque rayon compte', 'suivi de panneaux solaires'],
  }),
  user(7, 'Théo Dupré', 'tdupre', 'theo.dupre@forge-ain.test', '04 74 10 20 30', 'forge-ain.test', {
    at: ['16 montée de la Forge', 'Apt. 0', 'Bourg-en-Bresse', '01000', '46.2052', '5.2255'],
    of: ["Forge de l'Ain", 'Battre tant que c’est chaud', 'pièces mécaniques à la demande'],
  }),
  user(8, 'Zoé Castañeda', 'zoe.c', 'zoe@basque-bois.test', '05 59 77 88 99', 'basque-bois.test', {
    at: ['9 rue des Tonneliers', 'Rez-de-chaussée', 'Bayonne', '64100', '43.4929', '-1.4748'],
    of: ['Basque Bois', 'Du chêne et du temps', 'traçabilité des forêts'],
  }),
  user(9, 'François Œuvrard', 'foeuvrard', 'francois@verger-drome.test', '04 75 33 22 11', 'verger-drome.test', {
    at: ['102 route des Vergers', 'Lot 5', 'Valence', '26000', '44.9334', '4.8924'],
    of: ['Verger de la Drôme', 'Mûrir à son heure', 'récolte guidée par capteurs'],
  }),
  user(10, 'Aïcha Rousseau', 'aicha-r', 'aicha.rousseau@cirque-arles.test', '04 90 00 00 10', 'cirque-arles.test', {
    at: ['5 bis boulevard des Lices', 'Étage 2', 'Arles', '13200', '43.6766', '4.6278'],
    of: ['Cirque d’Arles', 'Le monde en piste', 'billetterie sans file d’attente'],
  }),
];

type Place = readonly [street: string, suite: string, city: string, zipcode: string, lat: string, lng: string];
type Company = readonly [name: string, catchPhrase: string, bs: string];

function user(
  id: number,
  name: string,
  username: string,
  email: string,
  phone: string,
  website: string,
  { at, of }: { at: Place; of: Company },
): SourceUser {
  const [street, suite, city, zipcode, lat, lng] = at;
  const [company, catchPhrase, bs] = of;
  return {
    id,
    name,
    username,
    email,
    address: { street, suite, city, zipcode, geo: { lat, lng } },
    phone,
    website,
    company: { name: company, catchPhrase, bs },
  };
}
