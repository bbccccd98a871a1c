import { expect, it } from 'vitest';
import { baseWords } from '../../../../../src/client/workbench/base-words.ts';

it.each([
  [{ task: '1.4', empty: true, missing: ['Dockerfile'] }, 'Votre projet est vide, et cette leçon part de l’état d’après 1.3.'],
  [
    { task: '1.4', empty: false, missing: ['Dockerfile'] },
    'Cette leçon part de l’état d’après 1.3 : votre projet n’a pas encore `Dockerfile`.',
  ],
  [
    { task: '1.3', empty: false, missing: ['etl_pipeline.py', 'requirements.txt'] },
    'Cette leçon part de l’état d’après 1.2 : votre projet n’a pas encore `etl_pipeline.py` et `requirements.txt`.',
  ],
  [{ task: '1.3', empty: false, missing: [] }, undefined],
  [{ task: '1.1', empty: true, missing: [] }, undefined],
])('says what %j lacks', (base, words) => expect(baseWords(base)).toBe(words));
