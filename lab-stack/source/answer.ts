import type { SourceState, SourceUser } from '../../contract/source.ts';
import { USERS } from './users.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The reply of the source to `GET path` in a state. Pure: delays and writing are up to the server. */
export function answer(path: string, state: SourceState): Answer {
  const id = /^\/users\/(\d{1,9})\/?$/.exec(path)?.[1];
  if (id === undefined && path !== '/users' && path !== '/users/') return notFound('no such resource: try /users');
  if (state.status !== null) return { status: state.status, body: JSON.stringify({ error: `answered ${state.status} on purpose` }) };
  const users = allUsers(state);
  const found = id === undefined ? users : users.find((user) => user.id === Number(id));
  if (found === undefined) return notFound(`no user ${id}`);
  const body = JSON.stringify(found, null, 2);
  return { status: 200, body: state.malformed ? body.slice(0, Math.floor(body.length / 2)) : body };
}

function notFound(error: string): Answer {
  return { status: 404, body: JSON.stringify({ error }) };
}

function allUsers(state: SourceState): readonly SourceUser[] {
  const users = state.users ?? USERS;
  const last = users.reduce((highest, user) => Math.max(highest, user.id), 0);
  const extra = Array.from({ length: state.extraRows }, (_, index) => extraUser(last + index + 1));
  return [...users, ...extra];
}

function extraUser(id: number): SourceUser {
  return {
    id,
    name: `Invité n° ${id}`,
    username: `invite${id}`,
    email: `invite${id}@passage.test`,
    address: {
      street: `${id} rue du Passage`,
      suite: `Apt. ${id}`,
      city: 'Mâcon',
      zipcode: `0${(1000 + id) % 10_000}`.padEnd(5, '0'),
      geo: { lat: '46.3069', lng: '4.8287' },
    },
    phone: '03 85 00 00 00',
    website: 'passage.test',
    company: { name: 'Passage & Cie', catchPhrase: 'De passage, mais présents', bs: 'visites impromptues' },
  };
}
