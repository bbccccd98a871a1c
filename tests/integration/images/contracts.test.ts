import { COURSE_IMAGES } from '../../../server/images/course/catalogue.ts';
import { contractsOf } from './contracts-of.ts';

/** The images that the first part of the course needs. */
const needed = COURSE_IMAGES.filter(({ later }) => later === undefined);

await contractsOf(needed.map(({ names: [name] }) => name));
