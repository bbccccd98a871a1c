const MONTHS = ['janv.', 'févr.', 'mars', 'avril', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];
const DAY_MS = 86_400_000;
const NO_BREAK = '\u00a0';

/** « 16 h 42 », « 9 h », in the reader's time zone. */
export function hour(date: Date): string {
  const minutes = date.getMinutes();
  const rest = minutes === 0 ? '' : `${NO_BREAK}${String(minutes).padStart(2, '0')}`;
  return `${date.getHours()}${NO_BREAK}h${rest}`;
}

/** « 25 nov. », « 1er déc. », with the year if it is not the current one. */
export function day(date: Date, now: Date): string {
  const number = date.getDate() === 1 ? '1er' : String(date.getDate());
  const year = date.getFullYear() === now.getFullYear() ? '' : `${NO_BREAK}${date.getFullYear()}`;
  return `${number}${NO_BREAK}${MONTHS[date.getMonth()]}${year}`;
}

/** « aujourd’hui à 9 h 05 », « hier à 16 h 42 », « le 25 nov. à 16 h 42 ». */
export function moment(date: Date, now: Date): string {
  const days = daysBetween(date, now);
  const on = days === 0 ? 'aujourd’hui' : days === 1 ? 'hier' : `le ${day(date, now)}`;
  return `${on} à ${hour(date)}`;
}

/** In the reader's time zone. */
export function isSameDay(date: Date, now: Date): boolean {
  return daysBetween(date, now) === 0;
}

function daysBetween(date: Date, now: Date): number {
  const midnight = (of: Date): number => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  return Math.round((midnight(now) - midnight(date)) / DAY_MS);
}
