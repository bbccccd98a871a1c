import { expect, it } from 'vitest';
import { Scram } from '../../../../../server/checkpoints/network/scram.ts';

it('proves a password as the example of RFC 7677 does', async () => {
  const scram = new Scram({ user: 'user', password: 'pencil' }, 'rOprNGfwEbeRWgbNEkqO');
  expect(scram.first).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO');
  const server = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';
  expect(await scram.final(server)).toBe(
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  );
});
