import type { CheckReport, Verdict, Where } from '../../contract/verdict.ts';
import { seconds } from '../units.ts';

const MARKS: Record<Verdict['verdict'], string> = { met: '✓', 'not-met': '✗', 'cannot-tell': '◐' };

/** A report as text for a terminal. */
export function reportText({ criteria, tookMs }: CheckReport): string {
  const met = criteria.filter(({ verdict }) => verdict === 'met');
  const points = met.reduce((sum, criterion) => sum + criterion.points, 0);
  const total = criteria.reduce((sum, criterion) => sum + criterion.points, 0);
  const last = `${met.length} critères acquis sur ${criteria.length}, ${points} points sur ${total} (${seconds(tookMs)}).`;
  return [...criteria.map(criterionText), last].join('\n');
}

function criterionText(criterion: Verdict): string {
  const lines = [`${MARKS[criterion.verdict]} ${criterion.id.padEnd(28)} ${criterion.title}`];
  const blocker = criterion.verdict === 'met' ? undefined : /^blocked\.(.+)$/.exec(criterion.diagnosis.code)?.[1];
  if (blocker !== undefined) lines.push(`    d’abord : ${blocker}`);
  else if (criterion.verdict !== 'met') {
    const { expected, observed, where, look, code } = criterion.diagnosis;
    const place = placeText(where);
    lines.push(`    attendu : ${expected}`, `    observé : ${observed}${place === '' ? '' : ` (${place})`}`);
    if (look !== '') lines.push(`    piste : ${look}`);
    lines.push(`    code : ${code}`);
  }
  for (const remark of criterion.remarks) lines.push(`    remarque : ${remark.text} (${remark.code})`);
  return lines.join('\n');
}

function placeText({ file, line, ...rest }: Where): string {
  const place = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`;
  return [place, ...Object.values(rest)].filter((part) => part !== undefined).join(', ');
}
