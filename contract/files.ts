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
/** The most entries a tree lists; beyond, `truncated` is true. */
export const TREE_ENTRIES = 5000;

export const fileEntrySchema = z.object({
  path: projectPathSchema,
  kind: z.enum(['file', 'folder', 'link']),
  size: z.number().int().nonnegative(),
  /** Octal permission bits, `0o755` as 493. */
  mode: z.number().int().nonnegative(),
});

export const fileTreeSchema = z.object({ entries: z.array(fileEntrySchema).max(TREE_ENTRIES), truncated: z.boolean() });

/** `version` changes whenever the content does (SHA-256 of it, hex; a mark of size and time where it is too large). `text` is null where the file is binary, not UTF-8 or too large; `reason` says which. */
export const fileContentSchema = z.object({
  path: projectPathSchema,
  version: z.string().max(80),
  size: z.number().int().nonnegative(),
  text: z.string().nullable(),
  reason: z.enum(['binary', 'too-large']).optional(),
});

/** `version`: the one the editor loaded; null: the file must not exist yet. Another version on disk answers 409 `file.conflict` and changes nothing. */
export const fileWriteSchema = z.object({
  path: projectPathSchema,
  text: z.string().max(EDITOR_FILE_BYTES),
  version: z.string().max(80).nullable(),
});

export const fileWrittenSchema = z.object({ path: projectPathSchema, version: z.string().max(80) });

/** A folder to make, with those above it; or what goes to the trash. */
export const filePathSchema = z.object({ path: projectPathSchema });

/** What stands at `to` already is never replaced: 409 `file.exists`. */
export const fileMoveSchema = z.object({ from: projectPathSchema, to: projectPathSchema });

/** Name under which the trash keeps something; later ones sort after earlier ones. */
export const trashNameSchema = z.string().regex(/^[0-9a-z]{9}-[0-9a-f]{16}$/);

export const fileTrashedSchema = z.object({ trash: trashNameSchema });

/** Puts back at `path` what the trash holds: 404 when it is gone from there, 409 `file.exists` when something stands at `path`. */
export const fileRestoreSchema = z.object({ trash: trashNameSchema, path: projectPathSchema });

/** The most problems told of one file. */
export const FILE_PROBLEMS = 100;

/** What a program of the lab says of a file as it is on disk. `column`: from 1. */
export const fileProblemSchema = z.object({
  line: z.number().int().positive().max(1_000_000),
  column: z.number().int().positive().max(1_000_000).optional(),
  severity: z.enum(['error', 'warning', 'info']),
  /** The rule's own name, `DL3008`. */
  code: z.string().max(40).optional(),
  message: z.string().min(1).max(600),
});

/** `by`: the program that looked; null where none is made for such a file. */
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
