import { describe, expect, it } from 'vitest';
import { alwaysSucceeds, argvAlwaysSucceeds } from '../../../../../server/checkpoints/readers/shell/always-succeeds.ts';

describe('alwaysSucceeds', () => {
  it.each([
    'exit 0',
    'true',
    ':',
    'echo ok',
    'python -c "import sys; sys.exit(0)" || exit 1',
    'python -c "print(1)"',
    'python --version',
    'python -m src.health || true',
    'python -m src.health || exit 0',
    'curl -f http://x || echo down',
    'python -m src.health; exit 0',
    'python -m src.health ; true',
    'echo a && true',
    'python -m src.health | echo yes',
    '/bin/true',
  ])('sees that %j cannot fail', (command) => {
    expect(alwaysSucceeds(command)).not.toBeNull();
  });

  it.each([
    'python -m src.health',
    'python -m src.health || exit 1',
    'exit 1',
    'pg_isready -h postgres',
    'test -f logs/etl.log',
    'echo x && test -f y',
    'python -c "import psycopg2, os; psycopg2.connect(os.environ[\'DATABASE_URL\'])"',
    'python -c "import sys; sys.exit(1)"',
    'if test -f x; then exit 0; else exit 1; fi',
    "sh -c 'exit 1'",
    'echo "true || true" | grep -q x',
  ])('leaves %j to the trial', (command) => {
    expect(alwaysSucceeds(command)).toBeNull();
  });

  it('reads the exec form', () => {
    expect(argvAlwaysSucceeds(['python', '-c', 'import sys; sys.exit(0)'])).toBe('sys.exit(0)');
    expect(argvAlwaysSucceeds(['sh', '-c', 'python x.py || true'])).toBe('true');
    expect(argvAlwaysSucceeds(['python', '-m', 'src.health'])).toBeNull();
  });
});
