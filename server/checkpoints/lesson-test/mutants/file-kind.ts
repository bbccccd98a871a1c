/** By what a file is read, which decides what can be changed in it and whether a change is one. */
export type FileKind = 'dockerfile' | 'compose' | 'yaml' | 'python' | 'env' | 'list';

const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/(^|\/)Dockerfile(\.[\w-]+)?$|\.Dockerfile$/, 'dockerfile'],
  [/^(docker-)?compose[\w.-]*\.ya?ml$/, 'compose'],
  [/\.ya?ml$/, 'yaml'],
  [/\.py$/, 'python'],
  [/(^|\/)[^/]*\.env(\.[\w-]+)?$/, 'env'],
];

/** What is none of these is a list of words, one a line, as `requirements.txt` and `.dockerignore` are. */
export function fileKind(path: string): FileKind {
  return KINDS.find(([shape]) => shape.test(path))?.[1] ?? 'list';
}
