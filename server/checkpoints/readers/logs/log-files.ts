import type { LabView } from '../../definitions.ts';

export interface LogFile {
  readonly path: string;
  readonly size: number;
  readonly changedMs: number;
}

/** Files of `logs/`, the last written first, without those that only keep the folder in Git. */
export async function logFiles(view: LabView): Promise<LogFile[]> {
  const { stdout } = await view.tool(['find', 'logs/', '-type', 'f', '!', '-name', '.git*', '-printf', '%s %T@ %p\\n']);
  return stdout
    .split('\n')
    .flatMap((line) => {
      const match = /^(\d+) ([\d.]+) (.+)$/.exec(line);
      return match ? [{ path: match[3] ?? '', size: Number(match[1]), changedMs: Number(match[2]) * 1000 }] : [];
    })
    .sort((a, b) => b.changedMs - a.changedMs);
}
