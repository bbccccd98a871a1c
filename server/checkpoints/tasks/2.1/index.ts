import { again } from './again.ts';
import { auth } from './auth.ts';
import { documents } from './documents.ts';
import { service } from './service.ts';
import { volume } from './volume.ts';

export const task21 = [service, auth, volume, documents, again];
