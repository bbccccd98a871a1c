import { french } from './french.ts';
import type { LessonHead } from './lesson-schema.ts';

/** Where the lesson teaches what a criterion asks: a step, or a section. */
export interface Place {
  /** The id of its element. */
  readonly anchor: string;
  /** « étape 3 », or the section's heading. */
  readonly name: string;
}

/** What a lesson says of one of its criteria. */
export interface About {
  /** What is looked at, in a few words. */
  readonly looks: string;
  readonly places: readonly Place[];
}

/** The id of a step. Steps of a second list are `etape-2-1`, … */
export function stepAnchor(step: number, list = 1): string {
  return list === 1 ? `etape-${step}` : `etape-${list}-${step}`;
}

/** The id of a criterion's row in the list at the end of the lesson. */
export function criterionAnchor(id: string): string {
  return `critere-${id.replace('/', '-')}`;
}

/** What the front matter of a lesson says of its criteria, by criterion. `headings`: the lesson's own. */
export function aboutCriteria(
  criteria: LessonHead['criteria'],
  headings: readonly { readonly slug: string; readonly text: string }[],
): ReadonlyMap<string, About> {
  const place = (at: number | string): Place => {
    if (typeof at === 'number') return { anchor: stepAnchor(at), name: `étape ${at}` };
    const heading = headings.find(({ slug }) => slug === at);
    if (heading === undefined)
      throw new Error(`la leçon n’a pas de section « ${at} » : ses sections sont ${headings.map(({ slug }) => slug).join(', ')}.`);
    return { anchor: at, name: heading.text };
  };
  return new Map(Object.entries(criteria ?? {}).map(([id, { looks, at }]) => [id, { looks: french(looks), places: at.map(place) }]));
}
