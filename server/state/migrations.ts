/** Each entry migrates the schema by one version. Never change an entry that was released. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE labs (
    id TEXT PRIMARY KEY,
    agent_token TEXT NOT NULL,
    source_token TEXT NOT NULL,
    wanted TEXT NOT NULL CHECK (wanted IN ('running', 'stopped')),
    project_placed INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE progress (
    lab TEXT NOT NULL REFERENCES labs(id) ON DELETE CASCADE,
    criterion TEXT NOT NULL,
    points REAL NOT NULL,
    first_met_at TEXT NOT NULL,
    PRIMARY KEY (lab, criterion)
  ) STRICT
  `,
  `
  ALTER TABLE progress ADD COLUMN last_verdict TEXT NOT NULL DEFAULT 'met';
  ALTER TABLE progress ADD COLUMN last_at TEXT NOT NULL DEFAULT '';
  UPDATE progress SET last_at = first_met_at
  `,
];
