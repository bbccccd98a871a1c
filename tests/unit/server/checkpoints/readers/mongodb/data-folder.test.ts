import { expect, it } from 'vitest';
import { composeServices } from '../../../../../../server/checkpoints/readers/compose/compose-services.ts';
import { dataFolderOf } from '../../../../../../server/checkpoints/readers/mongodb/data-folder.ts';
import { composeSubject } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

it.each([
  ['', '/data/db'],
  ['command: [mongod, --auth]', '/data/db'],
  ['command: [mongod, --dbpath, /srv/mongo/]', '/srv/mongo'],
  ['command: [mongod, --dbpath=/srv/mongo]', '/srv/mongo'],
  ['command: [sh, -c, "exec mongod --dbpath /srv/mongo --auth"]', '/srv/mongo'],
])('%j writes into %s', async (command, folder) => {
  const compose = `name: project\nservices:\n  mongodb:\n    image: mongo:7\n    ${command}\n`;
  const { mongodb } = (await composeServices(viewOf(composeSubject(compose)))).of;
  expect(mongodb && dataFolderOf(mongodb.service)).toBe(folder);
});
