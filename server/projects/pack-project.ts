import { Readable } from 'node:stream';
import tar from 'tar-stream';
import type { Project } from './project.ts';

/**
 * The project as a tar for `LabAgent.putTree`, parents before children. The folder itself is the first entry, since an archive without
 * entries is refused.
 */
export function packProject(project: Project): Readable {
  const pack = tar.pack();
  pack.entry({ name: './', mode: 0o755, type: 'directory' });
  for (const name of [...project.keys()].sort()) {
    const entry = project.get(name);
    if (entry?.kind === 'file') pack.entry({ name, mode: entry.mode, type: 'file' }, entry.content);
    if (entry?.kind === 'folder') pack.entry({ name, mode: entry.mode, type: 'directory' });
    if (entry?.kind === 'link') pack.entry({ name, type: 'symlink', linkname: entry.target });
  }
  pack.finalize();
  return Readable.from(pack);
}
