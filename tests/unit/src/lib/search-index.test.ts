import { expect, test } from 'vitest';
import { withStepHeadings } from '../../../../src/lib/search-index.ts';

test('steps are headings for the index, and nothing else is', () => {
  expect(withStepHeadings('<p><strong id="etape-3">Créez <code>.env</code>.</strong> Puis <strong>ceci</strong></p>')).toBe(
    '<p><h4 id="etape-3">Étape 3\u202f: Créez <code>.env</code>.</h4> Puis <strong>ceci</strong></p>',
  );
  expect(withStepHeadings('<strong id="etape-2-1">Un</strong>')).toBe('<h4 id="etape-2-1">Étape 1\u202f: Un</h4>');
});
