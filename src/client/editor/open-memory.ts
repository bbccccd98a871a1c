import { z } from 'zod';
import { projectPathSchema } from '../../../contract/files.ts';

const OPEN = 'escale.files';

const openPathsSchema = z.object({ paths: z.array(projectPathSchema).max(50), current: projectPathSchema.optional() });

export type OpenPaths = z.infer<typeof openPathsSchema>;

/** The paths of the open files, kept through reloads of this browser tab. */
export interface OpenMemory {
  read(): OpenPaths;
  keep(open: OpenPaths): void;
}

export const sessionMemory: OpenMemory = {
  read() {
    try {
      return openPathsSchema.parse(JSON.parse(sessionStorage.getItem(OPEN) ?? ''));
    } catch {
      return { paths: [] };
    }
  },
  keep(open) {
    try {
      sessionStorage.setItem(OPEN, JSON.stringify(open));
    } catch {
      // Without storage, a reload opens no file again. The editor then says that unsaved text is not kept.
      document.documentElement.dataset.memory = 'none';
    }
  },
};
