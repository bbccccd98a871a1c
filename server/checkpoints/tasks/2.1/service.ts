import { documentOf, mongo, PORT } from '../../readers/mongodb/ask-mongo.ts';
import { imageService } from '../shared/image-service.ts';

export const service = imageService('2.1/service', {
  of: 'mongodb',
  expected: `un service MongoDB 7, qui répond sur le port ${PORT}`,
  called: 'MongoDB',
  image: 'mongo:7',
  major: 7,
  variables: /^MONGO_(?:MAJOR|VERSION)=(\d+)/,
  port: PORT,
  ask: async (view, name) => documentOf(await mongo(view, { database: 'admin', command: { hello: 1 } }, 'nobody'), name),
});
