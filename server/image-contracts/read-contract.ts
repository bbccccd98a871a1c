import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One thing that the course expects of an image, tried by a shell script that says what it saw instead. */
export interface Clause {
  /** French. */
  readonly title: string;
  readonly script: string;
}

/** The clauses of a contract: each begins with a line `## title`; what stands before the first is common to all. */
export function parseContract(text: string): Clause[] {
  const [common = '', ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const end = section.indexOf('\n');
    return { title: section.slice(0, end).trim(), script: `${common}\n${section.slice(end + 1)}` };
  });
}

/** What the course expects of the image of that folder of `lab-stack/images`, official or built here. */
export async function readContract(repoRoot: string, folder: string): Promise<Clause[]> {
  const read = (name: string): Promise<string> => readFile(join(repoRoot, 'lab-stack/images/contracts', `${name}.sh`), 'utf8');
  const [prelude, contract] = await Promise.all([read('prelude'), read(folder)]);
  return parseContract(contract).map(({ title, script }) => ({ title, script: `${prelude}\n${script}` }));
}
