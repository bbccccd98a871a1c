import type { ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';

/** Under which account a container of the image starts: `uid` is null where the image has no such account. */
export interface ImageUser {
  readonly written: string;
  readonly uid: number | null;
}

/** By the image's configuration and its own /etc/passwd. */
export async function imageUser(view: LabView, image: ImageFacts): Promise<ImageUser> {
  const account = image.user.split(':')[0]?.trim() ?? '';
  if (account === '' || account === 'root') return { written: image.user, uid: 0 };
  if (/^\d+$/.test(account)) return { written: image.user, uid: Number(account) };
  const passwd = (await view.images.text(image.id, '/etc/passwd')) ?? '';
  const entry = passwd.split('\n').find((line) => line.startsWith(`${account}:`));
  const uid = Number(entry?.split(':')[2] ?? Number.NaN);
  return { written: image.user, uid: Number.isInteger(uid) ? uid : null };
}

/** The home of the account, where tools leave their caches. */
export async function imageHomes(view: LabView, image: ImageFacts): Promise<string[]> {
  const passwd = (await view.images.text(image.id, '/etc/passwd')) ?? '';
  const people = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => Number(fields[2]) === 0 || Number(fields[2]) >= 1000);
  const homes = people.map((fields) => fields[5] ?? '').filter((home) => home.startsWith('/') && home !== '/' && home !== '/nonexistent');
  return [...new Set(['/root', ...homes])].slice(0, 10);
}
