/** What kind of file it is. This decides what can be changed in it, and how changes are compared. */
export type FileKind = 'dockerfile' | 'compose' | 'yaml' | 'python' | 'env' | 'list';

const KINDS: readonly (readonly [RegExp, FileKind])[] = [
  [/(^|\/)Dockerfile(\.[\w-]+)?$|\.Dockerfile$/, 'dockerfile'],
  [/^(docker-)?compose[\w.-]*\.ya?ml$/, 'compose'],
  [/\.ya?ml$/, 'yaml'],
  [/\.py$/, 'python'],
  [/(^|\/)[^/]*\.env(\.[\w-]+)?$/, 'env'],
];

/** Any other file is a list of words, one per line, such as `requirements.txt` or `.dockerignore`. */
export function fileKind(path: string): FileKind {
  return KINDS.find(([shape]) => shape.test(path))?.[1] ?? 'list';
}
