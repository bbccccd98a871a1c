import { expect, it } from 'vitest';
import { composeSecrets } from '../../../../../../server/checkpoints/readers/compose/secret-values.ts';
import { FakeEngine } from '../../fakes/fake-engine.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

function secretsOf(files: Record<string, string>) {
  const engine = new FakeEngine();
  const project = {
    read: async (path: string) => files[path] ?? null,
    entries: async () => Object.entries(files).map(([path, text]) => ({ path, kind: 'file' as const, size: text.length, mode: 0o644 })),
    run: async () => ({ code: 127, timedOut: false, stdout: '', stderr: '' }),
  };
  return composeSecrets(viewOf({ engine, network: noNetwork, project, environment: null, now: Date.now }));
}

it('knows the secrets that Compose files hold or name, and no ordinary word', async () => {
  const compose = [
    'services:',
    '  postgres:',
    '    env_file: config/db.env',
    '    environment:',
    '      POSTGRES_USER: dataeng',
    '      POSTGRES_PASSWORD: Phare-Rouge',
    '  etl:',
    '    env_file:',
    '      - path: ./config/etl.env',
    '    environment:',
    '      - API_TOKEN=jeton-9',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Compose.
    '      - DB_PASSWORD=${DB_PASSWORD:-par-defaut}',
    'secrets:',
    '  db:',
    '    file: ./secrets/db.txt',
  ].join('\n');
  const found = await secretsOf({
    'docker-compose.yml': compose,
    'config/db.env': 'POSTGRES_PASSWORD=Maree-Basse\nPOSTGRES_DB=warehouse\n',
    'config/etl.env': 'DATABASE_URL=postgresql://dataeng:Quai-Nord@postgres/warehouse\n',
    'secrets/db.txt': 'Brise-Lames\n',
  });
  for (const secret of ['Phare-Rouge', 'Maree-Basse', 'Quai-Nord', 'jeton-9', 'par-defaut', 'Brise-Lames']) expect(found).toContain(secret);
  for (const word of ['dataeng', 'warehouse', 'postgres']) expect(found).not.toContain(word);
});

it('reads nothing of a file that YAML cannot read', async () => {
  expect(await secretsOf({ 'docker-compose.yml': 'services:\n\tetl: x\n' })).toEqual([]);
});
