/** A band of the brief's grading scale. */
export interface Band {
  /** The lowest number of points of the band. */
  readonly from: number;
  /** The lowest number of points of the next band; for the last band, the maximum number of points. */
  readonly to: number;
  readonly title: string;
  readonly means: string;
}

export const MOST_POINTS = 120;

/** The brief's grading scale, lowest band first. */
export const BANDS: readonly Band[] = [
  { from: 0, to: 60, title: 'À revoir', means: 'des problèmes de fond' },
  { from: 60, to: 80, title: 'Bien', means: 'cela marche, et se perfectionne' },
  { from: 80, to: 100, title: 'Très bien', means: 'il reste de petites choses' },
  { from: 100, to: MOST_POINTS, title: 'Excellent', means: 'prêt pour la production' },
];

const [lowest = { from: 0, to: MOST_POINTS, title: '', means: '' }] = BANDS;

export function bandOf(points: number): Band {
  return BANDS.findLast((band) => points >= band.from) ?? lowest;
}

/** The next band, if there is one. */
export function bandAfter(band: Band): Band | undefined {
  return BANDS[BANDS.indexOf(band) + 1];
}
