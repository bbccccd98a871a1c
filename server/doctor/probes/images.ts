import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';

const MEND = 'Lancez « escale images build », ou « npm start » qui le fait pendant que vous lisez.';

/** The lab image, and the images that learners pull. */
export const images: DoctorProbe = async ({ engine, labImage, courseImages }) => {
  if (engine === null) return [];
  const [reference, course] = await Promise.all([labImage(), courseImages()]);
  const names = course.map(({ name, origin }) => `${name} (${origin === 'official' ? 'officielle' : 'compatible'})`);
  return [
    item('lab-image', 'Image du labo', reference ?? 'Pas encore là.', reference !== null),
    item('course-images', 'Images du cours', names.join(', ') || 'Aucune pour l’instant.', names.length > 0),
  ];
};

function item(id: string, title: string, observed: string, there: boolean): DoctorItem {
  return there ? { id, title, observed, state: 'ok' } : { id, title, observed, state: 'warning', mend: MEND };
}
