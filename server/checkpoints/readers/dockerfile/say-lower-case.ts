/** French, of a file named `dockerfile`. */
export const LOWER_CASE =
  'Docker trouve `dockerfile` à défaut de `Dockerfile`. D’autres outils cherchent le nom usuel, avec sa majuscule : `mv dockerfile Dockerfile`';
