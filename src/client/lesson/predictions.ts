/** What the learner answered to a prediction. */
export interface Prediction {
  /** The option chosen, counted from 1. */
  readonly chosen: number;
  /** Whether the command has run and the answer was shown. */
  readonly settled: boolean;
}

const KEY = 'escale.predictions';

/** Parses the stored text, which may be anything. */
export function readPredictions(text: string | null): Readonly<Record<string, Prediction>> {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Prediction] => isPrediction(entry[1])));
  } catch {
    return {};
  }
}

export function predictionOf(id: string): Prediction | undefined {
  return all()[id];
}

export function keepPrediction(id: string, prediction: Prediction): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...all(), [id]: prediction }));
  } catch {
    document.documentElement.dataset.memory = 'none';
  }
}

function all(): Readonly<Record<string, Prediction>> {
  try {
    return readPredictions(localStorage.getItem(KEY));
  } catch {
    return {};
  }
}

function isPrediction(value: unknown): value is Prediction {
  if (typeof value !== 'object' || value === null || !('chosen' in value) || !('settled' in value)) return false;
  return Number.isInteger(value.chosen) && typeof value.settled === 'boolean';
}
