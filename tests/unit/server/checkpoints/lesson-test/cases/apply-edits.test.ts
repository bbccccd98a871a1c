import { expect, it } from 'vitest';
import { applyEdits } from '../../../../../../server/checkpoints/lesson-test/cases/apply-edits.ts';

const FILE = 'FROM python\nUSER etl\nRUN a\nRUN a\nUSER etl2\n';

it('replaces each passage in the text as it was, whatever the order of the edits', () => {
  const edits = [
    { file: 'Dockerfile', replace: 'RUN a\nUSER etl2', with: 'FROM python' },
    { file: 'Dockerfile', replace: 'FROM python', with: ['FROM debian', 'USER etl'] },
  ];
  expect(applyEdits(FILE, edits, '1.3/x')).toBe('FROM debian\nUSER etl\nUSER etl\nRUN a\nFROM python\n');
  expect(applyEdits(FILE, edits.toReversed(), '1.3/x')).toBe(applyEdits(FILE, edits, '1.3/x'));
});

it('takes a line away with its end', () => {
  expect(applyEdits(FILE, [{ file: 'Dockerfile', replace: 'USER etl\n', with: '' }], '1.3/x')).toBe(
    'FROM python\nRUN a\nRUN a\nUSER etl2\n',
  );
});

it('names the case, the file and the text of an edit that is not there, or there twice', () => {
  const refused = (replace: string) => () => applyEdits(FILE, [{ file: 'Dockerfile', replace, with: 'x' }], '1.3/curl');
  const message = (text: string) => expect.stringMatching(new RegExp(`1\\.3/curl.*« Dockerfile ».*\n${text}$`));
  expect(refused('USER root')).toThrow(expect.objectContaining({ code: 'case.edit-absent', kind: 'usage', message: message('USER root') }));
  expect(refused('RUN a')).toThrow(expect.objectContaining({ code: 'case.edit-ambiguous', message: message('RUN a') }));
  expect(refused('USER etl')).toThrow(expect.objectContaining({ code: 'case.edit-ambiguous' }));
});

it('refuses two edits of the same passage', () => {
  const edits = [
    { file: 'Dockerfile', replace: 'FROM python\nUSER etl\n', with: '' },
    { file: 'Dockerfile', replace: 'python', with: 'debian' },
  ];
  expect(() => applyEdits(FILE, edits, '1.3/x')).toThrow(expect.objectContaining({ code: 'case.edits-overlap' }));
});
