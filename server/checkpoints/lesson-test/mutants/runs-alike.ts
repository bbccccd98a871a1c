import { DockerfileParser } from 'dockerfile-ast';
import { parseDocument } from 'yaml';
import { fileKind } from './file-kind.ts';

/**
 * Whether two texts of a file are the same to who reads them, as far as the texts alone say: the instructions of a Dockerfile, the data of YAML,
 * the lines of all else but comments. What only Compose or Python can tell is asked in a lab (`changes-what-runs.ts`).
 */
export function runsAlike(file: string, one: string, other: string): boolean {
  const read = READERS[fileKind(file)] ?? significantLines;
  return read(one) === read(other);
}

const READERS: Partial<Record<ReturnType<typeof fileKind>, (text: string) => string>> = {
  dockerfile: instructions,
  yaml: data,
  compose: data,
  python: (text) => text,
};

/** Each with its flags, on one line and without the comments in it. */
function instructions(text: string): string {
  const lines = text.split('\n');
  const read = DockerfileParser.parse(text).getInstructions();
  return read
    .map((one) => {
      const { start, end } = one.getRange();
      const body = lines.slice(start.line, end.line + 1).filter((line) => !/^\s*#/.test(line));
      return body.map((line) => line.replace(/\s*\\\s*$/, '').trim()).join(' ');
    })
    .join('\n');
}

/** Two texts that YAML cannot read are alike only where they are equal. */
function data(text: string): string {
  const document = parseDocument(text);
  return document.errors.length > 0 ? text : JSON.stringify(document.toJS());
}

function significantLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n');
}
