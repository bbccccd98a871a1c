import { expect, it } from 'vitest';
import { applyChange } from '../../../../../../server/checkpoints/lesson-test/cases/apply-change.ts';
import type { CaseChange } from '../../../../../../server/checkpoints/lesson-test/cases/case-schema.ts';
import { folder, projectOf, shown } from './small-project.ts';

const NOTHING: CaseChange = { edits: [], move: {}, remove: [], folders: [] };
const SOLUTION = projectOf({ Dockerfile: 'FROM a\n', src: folder, 'src/load.py': 'x = 1\n', 'src/main.py': '', 'src2.txt': 'beside' });

function made(change: Partial<CaseChange>, whole = projectOf({})) {
  return shown(applyChange(SOLUTION, { ...NOTHING, ...change }, whole, '1.3/x'));
}

it('changes nothing where nothing is said', () => {
  expect(made({})).toEqual(shown(SOLUTION));
});

it('edits, moves with all that is in a folder, removes, makes folders and lays whole files over all', () => {
  const change = {
    edits: [{ file: 'src/load.py', replace: '1', with: '2' }],
    move: { src: 'app/code' },
    remove: ['app/code/main.py', 'Dockerfile'],
    folders: ['data/raw'],
  };
  expect(made(change, projectOf({ 'src2.txt': 'whole' }))).toEqual({
    app: 'folder',
    'app/code': 'folder',
    'app/code/load.py': 'x = 2\n',
    data: 'folder',
    'data/raw': 'folder',
    'src2.txt': 'whole',
  });
});

it('moves over what is there', () => {
  expect(made({ move: { Dockerfile: 'src' } })).toEqual({ src: 'FROM a\n', 'src2.txt': 'beside' });
});

it('keeps the mode of what it edits', () => {
  const solution = new Map([['run.sh', { kind: 'file', mode: 0o755, content: Buffer.from('exit 0\n') }]] as const);
  const change = { ...NOTHING, edits: [{ file: 'run.sh', replace: '0', with: '1' }] };
  expect(applyChange(solution, change, projectOf({}), '1.3/x').get('run.sh')).toMatchObject({ mode: 0o755 });
});

it.each([
  [{ edits: [{ file: 'dockerfile', replace: 'a', with: 'b' }] }, 'modifie « dockerfile »'],
  [{ edits: [{ file: 'src', replace: 'a', with: 'b' }] }, 'modifie « src »'],
  [{ move: { sr: 'x' } }, 'déplace « sr »'],
  [{ remove: ['src/none.py'] }, 'retire « src/none.py »'],
])('says which path the solution does not have: %o', (change, said) => {
  expect(() => made(change)).toThrow(
    expect.objectContaining({ code: 'case.path-unknown', message: expect.stringContaining(`Le cas 1.3/x ${said}`) }),
  );
});
