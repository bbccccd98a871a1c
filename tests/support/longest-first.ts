import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes most of a minute or more, the longest first. Begun last, one of them would run alone for its time. */
export const LONG_FILES = [
  'tests/integration/images/contracts.test.ts',
  'tests/integration/checkpoints/bad-input.test.ts',
  'tests/integration/checkpoints/killed-trials.test.ts',
  'tests/integration/server/engine-away.test.ts',
];

/** The long files first, the others as vitest has them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG_FILES.findIndex((path) => moduleId.endsWith(path));
      return at === -1 ? LONG_FILES.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
