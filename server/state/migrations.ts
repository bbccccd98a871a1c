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
  // Progress belongs to the learner. Of a criterion that was met in several labs, the first time stays, and the last look at the page's own lab before any other.
  `
  ALTER TABLE progress RENAME TO progress_of_labs;
  CREATE TABLE progress (
    learner TEXT NOT NULL,
    criterion TEXT NOT NULL,
    points REAL NOT NULL,
    first_met_at TEXT NOT NULL,
    last_verdict TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (learner, criterion)
  ) STRICT;
  INSERT INTO progress
    SELECT 'solo', criterion, points, first, last_verdict, last_at
    FROM (
      SELECT *,
        min(first_met_at) OVER (PARTITION BY criterion) AS first,
        row_number() OVER (PARTITION BY criterion ORDER BY lab = 'solo' DESC, last_at DESC) AS place
      FROM progress_of_labs
    )
    WHERE place = 1;
  DROP TABLE progress_of_labs
  `,
  `
  CREATE TABLE outcomes (
    lab TEXT NOT NULL REFERENCES labs (id) ON DELETE CASCADE,
    act TEXT NOT NULL,
    digest TEXT NOT NULL,
    done TEXT NOT NULL,
    PRIMARY KEY (lab, act, digest)
  ) STRICT
  `,
  `
  CREATE TABLE workshops (
    lab TEXT PRIMARY KEY REFERENCES labs(id) ON DELETE CASCADE,
    session TEXT NOT NULL
  ) STRICT
  `,
  // A lab that sleeps is stopped until somebody needs it. A warm lab has no learner yet: empty while it is made, then what it was made from.
  `
  ALTER TABLE labs ADD COLUMN asleep INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE labs ADD COLUMN warm TEXT
  `,
];
