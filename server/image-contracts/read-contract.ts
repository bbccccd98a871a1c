import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One expectation of the course about an image, checked by a shell script that reports what it saw instead. */
export interface Clause {
  /** In French. */
  readonly title: string;
  readonly script: string;
}

/** The clauses of a contract: each begins with a line `## title`. The text before the first clause is added to all of them. */
export function parseContract(text: string): Clause[] {
  const [common = '', ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const end = section.indexOf('\n');
    return { title: section.slice(0, end).trim(), script: `${common}\n${section.slice(end + 1)}` };
  });
}

/** The contract of an image, official or built here; `folder` is its folder in `lab-stack/images`. */
export async function readContract(repoRoot: string, folder: string): Promise<Clause[]> {
  const read = (name: string): Promise<string> => readFile(join(repoRoot, 'lab-stack/images/contracts', `${name}.sh`), 'utf8');
  const [prelude, contract] = await Promise.all([read('prelude'), read(folder)]);
  return parseContract(contract).map(({ title, script }) => ({ title, script: `${prelude}\n${script}` }));
}
