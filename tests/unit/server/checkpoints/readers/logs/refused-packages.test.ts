import { describe, expect, it } from 'vitest';
import { refusedPackages } from '../../../../../../server/checkpoints/readers/logs/refused-packages.ts';

/** What Compose prints around it. */
const built = (...lines: string[]) =>
  [
    '#8 [etl 4/4] RUN pip install --no-cache-dir -r requirements.txt',
    '#8 1.102 Collecting pandas==2.1.3 (from -r requirements.txt (line 1))',
    ...lines.map((line) => `#8 2.345 ${line}`),
    '#8 ERROR: process "/bin/sh -c pip install --no-cache-dir -r requirements.txt" did not complete successfully: exit code: 1',
    '------',
    ' > [etl 4/4] RUN pip install --no-cache-dir -r requirements.txt:',
    '------',
    'failed to solve: process "/bin/sh -c pip install --no-cache-dir -r requirements.txt" did not complete successfully: exit code: 1',
  ].join('\n');

describe('refusedPackages', () => {
  it.each([
    [
      [
        'ERROR: Could not find a version that satisfies the requirement json==2.0.9 (from versions: none)',
        'ERROR: No matching distribution found for json==2.0.9',
      ],
      'No matching distribution found for json==2.0.9',
      'json',
    ],
    [
      ["ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '/croot/pandas/work'"],
      '/croot/pandas/work',
      'pandas',
    ],
    [["ERROR: Invalid requirement: 'requests=2.31.0': Expected end or semicolon"], "Invalid requirement: 'requests=2.31.0'", 'requests'],
    [
      [
        'Collecting psycopg2==2.9.9',
        'error: subprocess-exited-with-error',
        'Error: pg_config executable not found.',
        'note: This error originates from a subprocess',
      ],
      'pg_config executable not found',
      'psycopg2',
    ],
    [
      [
        'Building wheel for psycopg2 (setup.py): started',
        "error: command 'gcc' failed: No such file or directory",
        'ERROR: Failed building wheel for psycopg2',
      ],
      "command 'gcc' failed",
      'psycopg2',
    ],
    [['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'], 'DO NOT MATCH THE HASHES', 'pandas'],
    [['ERROR: Some other trouble of pip'], 'Some other trouble of pip', 'pandas'],
  ])("says pip's own line of %j", (lines, said, named) => {
    const refused = refusedPackages(built(...lines));
    expect(refused.observed).toContain(said);
    expect(refused.observed).not.toContain('did not complete');
    expect(refused.named).toBe(named);
  });

  it('says which versions exclude each other', () => {
    const refused = refusedPackages(
      built(
        'ERROR: Cannot install pandas==2.1.3 and numpy==1.19.0 because these package versions have conflicting dependencies.',
        'The conflict is caused by:',
        '    The user requested numpy==1.19.0',
        '    pandas 2.1.3 depends on numpy>=1.23.2',
        'To fix this you could try to:',
      ),
    );
    expect(refused.observed).toContain('pandas 2.1.3 depends on numpy>=1.23.2');
    expect(refused.named).toBe('pandas');
  });
});
