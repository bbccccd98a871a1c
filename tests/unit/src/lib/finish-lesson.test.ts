import { describe, expect, test } from 'vitest';
import { finishLesson } from '../../../../src/lib/finish-lesson.ts';
import { aboutCriteria, criterionAnchor } from '../../../../src/lib/lesson-places.ts';

const none = new Map();
const link = (id: string): string => `<a>${id}</a>`;
const about = (at: (number | string)[]) => aboutCriteria({ '1.3/image': { looks: 'une image ?', at } }, [{ slug: 'fin', text: 'La fin' }]);

describe('steps', () => {
  test('get an id, on their title where they have one; lists inside them get none', () => {
    const html =
      '<div class="steps"><ol><li>\n<p><strong>Un</strong>, a</p><ol><li>b</li></ol></li><li>c <strong>d</strong></li></ol></div><ol><li>e</li></ol>';
    expect(finishLesson(html, none, link)).toBe(
      '<div class="steps"><ol><li>\n<p><strong id="etape-1">Un</strong>, a</p><ol><li>b</li></ol></li><li id="etape-2">c <strong>d</strong></li></ol></div><ol><li>e</li></ol>',
    );
  });

  test('are numbered on, whatever stands between their items, and anew in a second list', () => {
    const html =
      '<div class="steps"><ol><li>a</li></ol><div class="block" data-copy="if a > b: <li>"><pre></pre></div><ol start="2"><li>b</li></ol></div><div class="steps"><ol><li>c</li></ol></div>';
    expect([...finishLesson(html, none, link).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['etape-1', 'etape-2', 'etape-2-1']);
  });
});

describe('criteria', () => {
  const html = '<div class="steps"><ol><li>a</li><li><p>b</p></li></ol></div><h3 id="fin">La <code>fin</code></h3><p>c</p>';

  test('are linked from the last step that leads to them', () => {
    expect(finishLesson(html, about([1, 2]), link)).toContain('<p>b</p><p class="proves"><a>1.3/image</a></p></li>');
    expect(finishLesson(html, about([1, 2]), link)).not.toContain('a<p class="proves">');
  });

  test('are linked from a section', () => {
    expect(finishLesson(html, about(['fin']), link)).toContain('</h3><p class="proves"><a>1.3/image</a></p><p>c</p>');
  });

  test('name their places, in French typography', () => {
    expect(about([2, 'fin']).get('1.3/image')).toEqual({
      looks: 'une image\u202f?',
      places: [
        { anchor: 'etape-2', name: 'étape 2' },
        { anchor: 'fin', name: 'La fin' },
      ],
    });
    expect(criterionAnchor('1.3/image')).toBe('critere-1.3-image');
  });

  test('at a step or a section that the lesson does not have are refused', () => {
    expect(() => finishLesson(html, about([3]), link)).toThrow('etape-3');
    expect(() => about(['milieu'])).toThrow('ses sections sont fin');
  });
});

test('a block in the hints that only repeats the lesson is marked', () => {
  const block = (code: string): string => `<figure class="block" data-copy="${code}"></figure>`;
  const html = `${block('a\nb')}${block('c')}<section class="hints">${block('a\n\nc')}${block('a\nd')}</section>`;
  expect(finishLesson(html, none, link).match(/class="block[^"]*"/g)).toEqual([
    'class="block"',
    'class="block"',
    'class="block again"',
    'class="block"',
  ]);
});
