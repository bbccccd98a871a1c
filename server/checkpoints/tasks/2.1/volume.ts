import { DATA, dataFolderOf } from '../../readers/mongodb/data-folder.ts';
import { dataVolume } from '../shared/data-volume.ts';

export const volume = dataVolume('2.1/volume', {
  of: 'mongodb',
  needs: ['1.4/compose'],
  expected: 'les fichiers de MongoDB sur un volume nommé, déclaré et monté là où la base les écrit',
  folder: (_view, { service }) => dataFolderOf(service),
  declared: (folder) => (folder.startsWith(`${DATA}/`) ? DATA : folder),
  named: 'mongo_data',
  alike: /mongo|\/data/,
});
