import { type About, stepAnchor } from './lesson-places.ts';

/** A tag, whatever stands in its attributes. */
const TAG = /<(\/?)([a-z][a-z0-9]*)\b((?:"[^"]*"|[^">])*)>/gi;
const BLOCK = /<figure class="block[^"]*"(?: [^>]*?)? data-copy="([^"]*)"/g;

/** Draws the link from a step or a section to a criterion. */
export type DrawLink = (criterion: string) => string;

/**
 * Finishes the HTML of a lesson: each step gets an id, the last place of each criterion a link to it, and the blocks in hints that only
 * repeat what the lesson has shown get the class `again`, since they are not printed.
 */
export function finishLesson(html: string, criteria: ReadonlyMap<string, About>, draw: DrawLink): string {
  const wanted = new Map<string, string[]>();
  for (const [id, { places }] of criteria) {
    const last = places.at(-1)?.anchor;
    if (last !== undefined) wanted.set(last, [...(wanted.get(last) ?? []), id]);
  }
  const links = (anchor: string): string => {
    const ids = wanted.get(anchor) ?? [];
    wanted.delete(anchor);
    return ids.length === 0 ? '' : `<p class="proves">${ids.map(draw).join('')}</p>`;
  };
  const finished = markRepeats(withHeadingLinks(withSteps(html, links), links));
  const lost = [...wanted.keys()];
  if (lost.length > 0)
    throw new Error(`aucune étape ni section n’a l’ancre ${lost.join(', ')}, que l’en-tête de la leçon donne à un critère.`);
  return finished;
}

/** Walks the tags, and rewrites the items of the lists that are directly inside `.steps`. */
function withSteps(html: string, links: (anchor: string) => string): string {
  const open: string[] = [];
  let out = '';
  let from = 0;
  let list = 0;
  let step = 0;
  for (const { 0: tag, 1: closing, 2: name = '', 3: attributes = '', index } of html.matchAll(TAG)) {
    if (!['div', 'ol', 'ul', 'li'].includes(name)) continue;
    const isStep = name === 'li' && open.at(closing ? -2 : -1) === 'ol' && open.at(closing ? -3 : -2) === 'steps';
    if (closing) {
      if (isStep) {
        out += html.slice(from, index) + links(stepAnchor(step, list));
        from = index;
      }
      open.pop();
      continue;
    }
    const isSteps = /\bclass="steps"/.test(attributes);
    if (isSteps) {
      list += 1;
      step = 0;
    }
    if (isStep) {
      step += 1;
      const anchor = ` id="${stepAnchor(step, list)}"`;
      // The title of the step, where it has one, so that the search and a link show it.
      const title = /^\s*(?:<p>)?\s*<strong/.exec(html.slice(index + tag.length));
      const at = title === null ? index + '<li'.length : index + tag.length + title[0].length;
      out += html.slice(from, at) + anchor;
      from = at;
    }
    open.push(isSteps ? 'steps' : name);
  }
  return out + html.slice(from);
}

function withHeadingLinks(html: string, links: (anchor: string) => string): string {
  return html.replace(/<h([2-4]) id="([^"]+)"[^>]*>.*?<\/h\1>/gs, (heading, _level, id: string) => heading + links(id));
}

/** A block in a hint repeats if each of its lines was shown in the lesson before the hints. */
function markRepeats(html: string): string {
  const hints = html.search(/<section class="hints/);
  if (hints < 0) return html;
  const shown = new Set([...html.slice(0, hints).matchAll(BLOCK)].flatMap(([, code = '']) => code.split('\n')));
  const rest = html.slice(hints).replace(BLOCK, (block, code: string) => {
    const repeats = code.split('\n').every((line) => line.trim() === '' || shown.has(line));
    return repeats ? block.replace('class="block', 'class="block again') : block;
  });
  return html.slice(0, hints) + rest;
}
