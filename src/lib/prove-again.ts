import { hour, isSameDay, moment } from './french-date.ts';

/** « atteint à 15 h 12, à prouver de nouveau », « atteint hier à 16 h 42, à prouver de nouveau ». */
export function proveAgain(metAt: string, now: Date): string {
  const date = new Date(metAt);
  return `atteint ${isSameDay(date, now) ? `à ${hour(date)}` : moment(date, now)}, à prouver de nouveau`;
}
