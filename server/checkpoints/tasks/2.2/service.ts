import { PORT, redis } from '../../readers/redis/redis.ts';
import { imageService } from '../shared/image-service.ts';

export const service = imageService('2.2/service', {
  of: 'redis',
  expected: `un service Redis 7, qui répond sur le port ${PORT}`,
  called: 'Redis',
  image: 'redis:7-alpine',
  major: 7,
  variables: /^REDIS_VERSION=(\d+)/,
  port: PORT,
  ask: (view, name) => redis(view, { service: name }, ['PING']),
});
