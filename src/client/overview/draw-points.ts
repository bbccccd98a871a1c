import { french } from '../../lib/french.ts';
import { bandWords } from './standing-words.ts';
import { standingIn, type View, write } from './view.ts';

/** Draws the total of points, its position on the brief's scale, and the rows of the point table. */
export function drawPoints(page: Element, view: View): void {
  const section = page.querySelector<HTMLElement>('[data-open-points]');
  if (section === null) return;
  const { points, ofPoints } = standingIn(view, () => true);
  const open = Number(section.dataset.openPoints);
  write(section.querySelector('[data-points]'), String(points));
  write(
    section.querySelector('[data-points-words]'),
    `${points > 1 ? 'points atteints' : 'point atteint'} sur ${ofPoints}. Les leçons ouvertes en valent ${open}.`,
  );
  write(section.querySelector('[data-band]'), french(bandWords(points)));
  for (const band of section.querySelectorAll<HTMLElement>('[data-from]')) {
    const from = Number(band.dataset.from);
    const length = Math.min(Number(band.dataset.to), Math.max(from, points)) - from;
    band.querySelector('[data-done]')?.setAttribute('width', String(length));
    band.toggleAttribute('data-here', points >= from && points < Number(band.dataset.to));
  }
  for (const row of section.querySelectorAll<HTMLElement>('[data-row]')) {
    const standing = standingIn(view, (criterion) => criterion.row === row.dataset.row);
    row.querySelector('[data-done]')?.setAttribute('width', String(standing.points));
    // Rows without a written lesson are listed but get no count.
    if (row.dataset.open === undefined && standing.points === 0) continue;
    write(row.querySelector('[data-row-points]'), String(standing.points));
    write(row.querySelector('[data-row-of]'), ` sur ${standing.ofPoints}`);
  }
}
