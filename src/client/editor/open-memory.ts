import { z } from 'zod';
import { projectPathSchema } from '../../../contract/files.ts';

const OPEN = 'escale.files';

const openPathsSchema = z.object({ paths: z.array(projectPathSchema).max(50), current: projectPathSchema.optional() });

export type OpenPaths = z.infer<typeof openPathsSchema>;

/** Which files are open, through a reload of this tab of the browser. */
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
      // Without storage a reload opens no file again; what was not saved is said not to be kept.
      document.documentElement.dataset.memory = 'none';
    }
  },
};
