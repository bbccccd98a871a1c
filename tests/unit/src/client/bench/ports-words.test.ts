import { expect, it } from 'vitest';
import type { Preview } from '../../../../../contract/workspace.ts';
import { movedText, portsText } from '../../../../../src/client/bench/ports-words.ts';

const pgadmin: Preview = { container: 'pgadmin', published: 5050, inside: 80, address: 'localhost:5050', state: 'answers' };
const silent: Preview = { ...pgadmin, state: 'silent' };

it('counts ports and those that do not answer', () => {
  expect([[pgadmin], [silent], [pgadmin, silent], [pgadmin, pgadmin]].map(portsText)).toEqual([
    '1 port',
    '1 port sans réponse',
    '2 ports, dont 1 sans réponse',
    '2 ports',
  ]);
});

it('gives the address of a port that got another number', () => {
  expect(movedText(pgadmin)).toBeUndefined();
  expect(movedText({ ...pgadmin, address: 'localhost:15050' })).toContain('déjà pris');
  expect(movedText({ ...pgadmin, published: 80, address: 'localhost:10080' })).toContain('demande des droits');
  expect(movedText({ ...pgadmin, address: null })).toBeUndefined();
});
