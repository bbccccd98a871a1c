/** The files and folders that the brief names, by the criterion that asks for them. */
export const TREE = {
  '1.1/files': ['Dockerfile', 'docker-compose.yml', '.dockerignore', 'requirements.txt', 'etl_pipeline.py', 'config/config.yaml'],
  '1.1/folders': ['data/raw', 'data/processed', 'logs'],
  '1.1/package': ['src/__init__.py', 'src/extract.py', 'src/transform.py', 'src/load.py'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The criterion that asks for what a program did not find, and that the project lacks. `path`: as the program wrote it. */
export function absentFromTree(path: string, has: readonly string[]): keyof typeof TREE | null {
  const wanted = Object.values(TREE).flat();
  const lacking = wanted.find((one) => !has.includes(one) && new RegExp(`(^|/)${one.replace('.', '\\.')}(/|$)`).test(path));
  return lacking === undefined ? null : treeOwner(lacking);
}

/** The criterion that names a missing path, or null. A folder counts with what it must contain. */
export function treeOwner(path: string): keyof typeof TREE | null {
  const owns = ([, paths]: [string, readonly string[]]) => paths.some((one) => one === path || one.startsWith(`${path}/`));
  const found = Object.entries(TREE).find(owns)?.[0];
  return found === '1.1/files' || found === '1.1/folders' || found === '1.1/package' ? found : null;
}
