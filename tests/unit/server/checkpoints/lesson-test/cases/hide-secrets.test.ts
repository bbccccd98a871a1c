import { expect, it } from 'vitest';
import { hideSecrets } from '../../../../../../server/checkpoints/lesson-test/cases/hide-secrets.ts';
import { projectOf, shown } from './small-project.ts';

const SOLUTION = projectOf({ '.env': 'POSTGRES_USER=dataeng\nPOSTGRES_PASSWORD=Brise-1887\n', 'a.py': 'x = "marine"\n' });

function hidden(files: Record<string, string>) {
  const { project, count } = hideSecrets(projectOf(files), SOLUTION);
  return { files: shown(project), count };
}

it('gives a secret the same other words wherever it stands', () => {
  expect(
    hidden({
      '.env': 'POSTGRES_PASSWORD=Suroit-77\nMAIL=eva@port.fr\n',
      'compose.yml': 'URL: postgresql://dataeng:Suroit-77@db/x\nMAIL: eva@port.fr\n',
      'notes.md': 'Suroit-77 est le mot\n',
    }),
  ).toEqual({
    count: 2,
    files: {
      '.env': 'POSTGRES_PASSWORD=hidden-value-2\nMAIL=hidden-1@example.com\n',
      'compose.yml': 'URL: postgresql://dataeng:hidden-value-2@db/x\nMAIL: hidden-1@example.com\n',
      'notes.md': 'hidden-value-2 est le mot\n',
    },
  });
});

it.each([
  ['docker-compose.yml', '      POSTGRES_PASSWORD: Suroit-77'],
  ['docker-compose.yml', '      - "POSTGRES_PASSWORD=Suroit-77"'],
  ['Dockerfile', 'ENV API_TOKEN="Suroit-77"'],
  ['src/load.py', 'engine = connect(password="Suroit-77")'],
  ['src/load.py', '# PASSWORD=Suroit-77'],
  ['src/load.py', 'URL = "postgresql://u:Suroit-77@db/x"'],
  ['etl.env', 'ANYTHING=Suroit-77'],
])('hides what stands in %s: %s', (path, line) => {
  const { files, count } = hidden({ [path]: line });
  expect(count).toBe(1);
  expect(files[path]).toBe(line.replace('Suroit-77', 'hidden-value-1'));
});

it.each([
  ['.env', 'POSTGRES_PASSWORD=Brise-1887\nPOSTGRES_DB=marine\nPOSTGRES_PORT=5432\n'],
  ['docker-compose.yml', `POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?}\nURL: postgresql://\${USER}:\${PASSWORD}@db/x\nSECRET_CACHE: true\n`],
  ['docker-compose.yml', '# le PASSWORD : celui de la base\nPOSTGRES_PASSWORD_FILE: /run/secrets/password\n'],
  ['src/load.py', 'connect(password=password, token=os.environ["TOKEN"])\nurl = f"postgresql://u:{password}@db/x"\n'],
])('leaves what is public, a variable or a name in %s: %j', (path, text) => {
  expect(hidden({ [path]: text })).toEqual({ files: { [path]: text }, count: 0 });
});
