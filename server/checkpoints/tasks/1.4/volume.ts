import { PGDATA, pgdataOf } from '../../readers/postgres/version.ts';
import { dataVolume } from '../shared/data-volume.ts';

export const volume = dataVolume('1.4/volume', {
  of: 'postgres',
  needs: ['1.4/compose'],
  expected: 'les fichiers de PostgreSQL sur un volume nommé, déclaré et monté là où la base les écrit',
  folder: (view, { service, image }) => pgdataOf(view, service, image),
  declared: (folder) => (folder.includes(`${PGDATA}/`) ? PGDATA : folder),
  named: 'postgres_data',
  alike: /postgres|pgdata|\/var\/lib/,
});
