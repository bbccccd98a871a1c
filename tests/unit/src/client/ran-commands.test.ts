import { expect, test } from 'vitest';
import { ranCommands } from '../../../../src/client/ran-commands.ts';

test('remembers commands, whatever their spaces, and tells whoever watches', () => {
  let told = 0;
  const end = ranCommands.watch(() => {
    told += 1;
  });
  expect(ranCommands.has('docker ps -a')).toBe(false);
  ranCommands.add(' docker  ps\n-a ');
  expect(ranCommands.has('docker ps -a')).toBe(true);
  expect(ranCommands.has('docker ps')).toBe(false);
  end();
  ranCommands.add('docker ps');
  expect(told).toBe(1);
});
