import type { Preview } from '../../contract/workspace.ts';
import { expect, expectAccessible, test } from './support/test.ts';

const PGADMIN: Preview = {
  container: 'etl-pgadmin-1',
  service: 'pgadmin',
  published: 5050,
  inside: 80,
  address: 'localhost:5050',
  url: 'http://localhost:5050',
  state: 'answers',
};
const POSTGRES: Preview = {
  container: 'etl-postgres-1',
  service: 'postgres',
  published: 5432,
  inside: 5432,
  address: 'localhost:15432',
  state: 'answers',
};
const API: Preview = {
  ...{ container: 'api', published: 8000, inside: 8000, address: 'localhost:8000', url: 'http://localhost:8000', state: 'silent' },
  problem: { code: 'preview.loopback', message: 'Le port 8000 n’écoute que sur 127.0.0.1.', hint: 'Écrivez `--host 0.0.0.0`.' },
};

test('the ports of the lab: links that open in a new tab, and a list with each address and why a port does not answer', async ({
  stage,
  lesson,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await lesson.open(stage.origin);
  const bar = page.locator('escale-ports');
  await lesson.ready();
  await expect(bar).toBeEmpty();
  stage.workbench.setPreviews([PGADMIN, POSTGRES, API]);
  const link = bar.locator('> .opt').getByRole('link');
  await expect(link).toHaveCount(1);
  await expect(link).toHaveAttribute('href', 'http://localhost:5050');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);

  await bar.getByRole('button', { name: '3 ports, dont 1 sans réponse' }).press('Enter');
  const list = page.getByRole('dialog', { name: 'Ports du labo' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(list.getByRole('listitem').nth(1)).toContainText('déjà pris sur cette machine');
  await expect(list.getByRole('listitem').nth(1).getByRole('link')).toHaveCount(0);
  await expect(list.getByRole('listitem').nth(2)).toContainText('--host 0.0.0.0');
  await expectAccessible(page);

  stage.workbench.setPreviews([PGADMIN]);
  await expect(list.getByRole('listitem')).toHaveCount(1);
  stage.workbench.setPreviews([]);
  await lesson.ready();
  await expect(bar).toBeEmpty();
});
