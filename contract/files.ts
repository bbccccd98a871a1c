import { z } from 'zod';

/** A path inside the project folder, `/` between segments, never absolute, no `.` or `..` segment, no NUL. Spaces and accents are fine. */
export const projectPathSchema = z
  .string()
  .min(1)
  .max(1024)
  .refine((p) => !p.startsWith('/') && !p.includes('\0') && p.split('/').every((s) => s !== '' && s !== '.' && s !== '..'), {
    message: 'path leaves the project',
  });

/** The largest file the editor opens or saves, in bytes. */
export const EDITOR_FILE_BYTES = 1024 * 1024;
/** Maximum number of entries in a tree; `truncated` is true when the project has more. */
export const TREE_ENTRIES = 5000;

export const fileEntrySchema = z.object({
  path: projectPathSchema,
  kind: z.enum(['file', 'folder', 'link']),
  size: z.number().int().nonnegative(),
  /** Octal permission bits, `0o755` as 493. */
  mode: z.number().int().nonnegative(),
});

export const fileTreeSchema = z.object({ entries: z.array(fileEntrySchema).max(TREE_ENTRIES), truncated: z.boolean() });

/**
 * `version` changes whenever the content does: the SHA-256 of the content in hex, or a value derived from size and time where the file is
 * too large to read. `text` is null where the file is binary, not UTF-8 or too large; `reason` says which.
 */
export const fileContentSchema = z.object({
  path: projectPathSchema,
  version: z.string().max(80),
  size: z.number().int().nonnegative(),
  text: z.string().nullable(),
  reason: z.enum(['binary', 'too-large']).optional(),
});

/**
 * `version`: the version that the editor loaded; null: the file must not exist yet. If the file on disk has another version, the reply is
 * 409 `file.conflict` and nothing changes.
 */
export const fileWriteSchema = z.object({
  path: projectPathSchema,
  text: z.string().max(EDITOR_FILE_BYTES),
  version: z.string().max(80).nullable(),
});

export const fileWrittenSchema = z.object({ path: projectPathSchema, version: z.string().max(80) });

/** A folder to create, with its parents; or the entry to move to the trash. */
export const filePathSchema = z.object({ path: projectPathSchema });

/** Never replaces what exists at `to`: 409 `file.exists`. */
export const fileMoveSchema = z.object({ from: projectPathSchema, to: projectPathSchema });

/** The name of an entry in the trash. Names sort by time of deletion. */
export const trashNameSchema = z.string().regex(/^[0-9a-z]{9}-[0-9a-f]{16}$/);

export const fileTrashedSchema = z.object({ trash: trashNameSchema });

/** Moves an entry of the trash back to `path`. 404 when the trash no longer holds it, 409 `file.exists` when `path` exists. */
export const fileRestoreSchema = z.object({ trash: trashNameSchema, path: projectPathSchema });

/** Maximum number of problems reported for one file. */
export const FILE_PROBLEMS = 100;

/** A problem that a linter in the lab reports for a saved file. `line` and `column` count from 1. */
export const fileProblemSchema = z.object({
  line: z.number().int().positive().max(1_000_000),
  column: z.number().int().positive().max(1_000_000).optional(),
  severity: z.enum(['error', 'warning', 'info']),
  /** The rule's own name, `DL3008`. */
  code: z.string().max(40).optional(),
  message: z.string().min(1).max(600),
});

/** `by`: the linter that checked the file; null where there is none for this type of file. */
export const fileProblemsSchema = z.object({
  by: z.enum(['hadolint', 'compose']).nullable(),
  problems: z.array(fileProblemSchema).max(FILE_PROBLEMS),
});

export type FileEntry = z.infer<typeof fileEntrySchema>;
export type FileTree = z.infer<typeof fileTreeSchema>;
export type FileContent = z.infer<typeof fileContentSchema>;
export type FileWrite = z.infer<typeof fileWriteSchema>;
export type FileMove = z.infer<typeof fileMoveSchema>;
export type FileRestore = z.infer<typeof fileRestoreSchema>;
export type FileProblem = z.infer<typeof fileProblemSchema>;
export type FileProblems = z.infer<typeof fileProblemsSchema>;
