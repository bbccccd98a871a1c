import type { Verb } from './definitions.ts';
import { check } from './verbs/check.ts';
import { clean } from './verbs/clean.ts';
import { doctor } from './verbs/doctor.ts';
import { imagesBuild, imagesList } from './verbs/images.ts';
import { imagesTest } from './verbs/images-test.ts';
import { labExec } from './verbs/lab-exec.ts';
import { labList } from './verbs/lab-list.ts';
import { labPut } from './verbs/lab-put.ts';
import { labRemove } from './verbs/lab-remove.ts';
import { labReset } from './verbs/lab-reset.ts';
import { labStart } from './verbs/lab-start.ts';
import { labStop } from './verbs/lab-stop.ts';
import { lessonCapture } from './verbs/lesson-capture.ts';
import { lessonMutate } from './verbs/lesson-mutate.ts';
import { lessonTestVerb } from './verbs/lesson-test.ts';
import { workshopCheck, workshopLeave, workshopRestore, workshopStart, workshopStatus } from './verbs/workshop.ts';

/** Every verb. A longer name comes before a shorter one with the same beginning. */
export const VERBS: readonly Verb[] = [
  doctor,
  imagesList,
  imagesBuild,
  imagesTest,
  labStart,
  labList,
  labStop,
  labReset,
  labRemove,
  labPut,
  labExec,
  check,
  workshopStart,
  workshopStatus,
  workshopCheck,
  workshopRestore,
  workshopLeave,
  lessonTestVerb,
  lessonCapture,
  lessonMutate,
  clean,
];
