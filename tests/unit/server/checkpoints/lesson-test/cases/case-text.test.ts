import { expect, it } from 'vitest';
import { caseText } from '../../../../../../server/checkpoints/lesson-test/cases/case-text.ts';

it('puts on a line what fits, and all else on lines of its own', () => {
  const long = 'x'.repeat(80);
  expect(
    caseText({ what: 'short', fails: [{ criterion: '1.3/image', code: 'image.absent' }], edits: [{ replace: long, with: [long, 'y'] }] }),
  ).toBe(
    `{
  "what": "short",
  "fails": [{ "criterion": "1.3/image", "code": "image.absent" }],
  "edits": [
    {
      "replace": "${long}",
      "with": ["${long}", "y"]
    }
  ]
}
`,
  );
});
