import type { Criterion } from '../../definitions.ts';
import { files } from './files.ts';
import { folders } from './folders.ts';
import { pythonPackage } from './package.ts';

/** 1.1, the project: every file and folder that the brief names, in its place. */
export const task11: readonly Criterion[] = [files, folders, pythonPackage];
