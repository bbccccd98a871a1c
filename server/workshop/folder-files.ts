import { posix } from 'node:path';
import type { FileEntry } from '../../contract/files.ts';
import { projectPathSchema, TREE_ENTRIES } from '../../contract/files.ts';
import type { ProjectFiles, ToolOptions, ToolResult } from '../checkpoints/definitions.ts';

const READ_MS = 20_000;
const MOST_BYTES = 256 * 1024;
const KINDS = { f: 'file', d: 'folder', l: 'link' } as const;

type Run = (argv: readonly string[], options: ToolOptions) => Promise<ToolResult>;

/** The files of a folder in which programs can be run. */
export class FolderFiles implements ProjectFiles {
  readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }

  async read(path: string): Promise<string | null> {
    const inside = posix.normalize(path);
    if (!projectPathSchema.safeParse(inside).success) return null;
    const { code, stdout } = await this.run(['sh', '-c', 'test -f "$0" && head -c "$1" -- "$0"', inside, String(MOST_BYTES)], {
      timeoutMs: READ_MS,
    });
    return code === 0 && !stdout.includes('\0') ? stdout : null;
  }

  async entries(): Promise<readonly FileEntry[]> {
    const argv = ['find', '.', '-mindepth', '1', '-printf', '%y %s %m %P\\n'];
    const { stdout } = await this.run(argv, { timeoutMs: READ_MS });
    return stdout
      .split('\n')
      .slice(0, TREE_ENTRIES)
      .flatMap((line): FileEntry[] => {
        const [, kind = '', size, mode = '', path = ''] = /^([fdl]) (\d+) (\d+) (.+)$/.exec(line) ?? [];
        if (!isKind(kind) || !projectPathSchema.safeParse(path).success) return [];
        return [{ path, kind: KINDS[kind], size: Number(size), mode: Number.parseInt(mode, 8) }];
      });
  }
}

function isKind(kind: string): kind is keyof typeof KINDS {
  return kind in KINDS;
}
