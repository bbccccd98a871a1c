import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMask, isSecretName, secretsOfEnvFile } from '../../../../server/checkpoints/mask.ts';

const ALPHABET = 'abcXYZ0189-_@:/%$#!?&=+. ';
const random = () =>
  [...randomBytes(12)]
    .map((byte) => ALPHABET.charAt(byte % ALPHABET.length))
    .join('')
    .trim()
    .padEnd(6, 'q');

/** Where a secret has been seen to turn up. */
const PLACES: ((secret: string) => string)[] = [
  (s) => s,
  (s) => `before ${s} after`,
  (s) => `postgresql://dataeng:${encodeURIComponent(s)}@postgres:5432/warehouse`,
  (s) => JSON.stringify({ Env: [`X=${s}`] }),
  (s) => `X="${s}" docker run`,
  (s) => `FATAL: ${s}${s}`,
];

describe('the mask', () => {
  it('leaves no value of .env anywhere', () => {
    for (let i = 0; i < 300; i += 1) {
      const secret = random();
      const mask = createMask(secretsOfEnvFile(`A=1\nexport POSTGRES_PASSWORD="${secret}"\n`));
      for (const place of PLACES) {
        const text = mask(place(secret));
        expect(text, place(secret)).not.toContain(secret);
        expect(text).not.toContain(encodeURIComponent(secret));
      }
    }
  });

  it.each([
    'POSTGRES_PASSWORD=hunter22',
    'ENV API_TOKEN=hunter22',
    'PGPASSWORD: hunter22',
    '"db_password": "hunter22"',
    "MY_SECRET='hunter22'",
    'postgresql://dataeng:hunter22@postgres/x',
    'redis://:hunter22@redis:6379',
    'ENV DB_PASSWORD "hunter22"',
    'DB_PASSWORD="hunter22',
  ])('hides values without knowing them: %s', (text) => {
    expect(createMask([])(text)).not.toContain('hunter22');
  });

  it.each([
    'USER dataeng',
    'http://source.datastream.test/users',
    'POSTGRES_PASSWORD_FILE=/run/secrets/db',
    'CMD ["python", "etl_pipeline.py"]',
  ])('leaves what is no secret: %s', (text) => {
    expect(createMask(secretsOfEnvFile('POSTGRES_USER=dataeng\nPORT=5432\nSOURCE_API_URL=http://source.datastream.test/users'))(text)).toBe(
      text,
    );
  });

  // A pattern that backtracks takes minutes here, which is over the test's time.
  it('takes no time for a log that is one long line', { timeout: 30_000 }, () => {
    const lines = ['a', 'a.', '1 ', ' ', 'http://', 'http://a:b', '"', 'PASSWORD', 'PASSWORD ', 'PASSWORD="'].map((part) =>
      part.repeat(64_000 / part.length),
    );
    const mask = createMask(['Maree-Basse']);
    for (const line of lines) expect(mask(`${line} PASSWORD=Haute`)).not.toContain('Haute');
    secretsOfEnvFile(`A=x${' '.repeat(64_000)}y`);
  });

  it('knows names of secrets from names of ways to them', () => {
    expect(['DB_PASSWORD', 'GITHUB_TOKEN', 'AIRFLOW__CORE__FERNET_KEY', 'DB_PASS', 'API_KEY'].every(isSecretName)).toBe(true);
    expect(['GPG_KEY', 'POSTGRES_PASSWORD_FILE', 'PYTHONPATH', 'COMPASS', 'PWD'].some(isSecretName)).toBe(false);
  });

  it('reads .env as Compose does', () => {
    expect(secretsOfEnvFile('# note\nA="with # inside"\nB=plain-value # note\nC=\nURL=postgres://u:p4ssword@h/d')).toEqual([
      'with # inside',
      'plain-value',
      'p4ssword',
      'postgres://u:p4ssword@h/d',
    ]);
  });
});
