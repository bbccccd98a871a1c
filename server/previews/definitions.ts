import type { Preview } from '../../contract/workspace.ts';

export type Problem = NonNullable<Preview['problem']>;
