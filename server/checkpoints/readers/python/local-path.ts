/** The path that a line of a list names in place of a version: `file:///…`, `/home/…`, `C:\…`, `../lib`. Null if pip looks for the package in an index. */
export function localPath(text: string): string | null {
  const target = text.replace(/^(-e|--editable)[\s=]+/, '').replace(/^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\])?\s*@\s*/, '');
  const path = target.replace(/^file:(\/\/)?(localhost)?/, '');
  if (path === target && !/^([/~]|\.\.\/|[A-Za-z]:[\\/])/.test(path)) return null;
  return path.split(/[\s;#]/)[0] ?? null;
}
