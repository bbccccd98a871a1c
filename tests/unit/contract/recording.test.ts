import { describe, expect, it } from 'vitest';
import { readRecording } from '../../../contract/recording.ts';

describe('readRecording', () => {
  it('reads commands, their outputs and the names of steps', () => {
    expect(readRecording('$ docker network create essai\n\n# ps\n$ docker ps\nNAMES\n\nbase\n\n$ docker rm base\n')).toEqual([
      { command: 'docker network create essai', output: '' },
      { name: 'ps', command: 'docker ps', output: 'NAMES\n\nbase' },
      { command: 'docker rm base', output: '' },
    ]);
  });

  it('refuses an output before any command', () => {
    expect(() => readRecording('NAMES\n')).toThrow('« NAMES » n’est la réponse d’aucune commande');
  });

  it('refuses an output between a name and its command', () => {
    expect(() => readRecording('$ id\n# ps\nNAMES\n')).toThrow('« NAMES »');
  });
});
