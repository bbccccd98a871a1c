import type { MapService } from '../../contract/stack-map.ts';

type Ask = MapService['asks'][number];

const MOST = 50;
/** The last `@` ends the credentials: a password that is not encoded may hold others. */
const URL_HOST = /^([a-z][a-z0-9+.-]{0,40}):\/\/(?:\S*@)?([a-z0-9_][a-z0-9_.-]{0,100})(?::(\d{1,5}))?(?=[/?,#]|$)/i;
const HOST = /^([a-z0-9_][a-z0-9_.-]{0,100})(?::(\d{1,5}))?$/i;
const HOST_NAME = /(^|_)(HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i;
/** Ports of schemes whose URLs usually leave them out. */
const USUAL: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  mongodb: 27_017,
  mysql: 3306,
  amqp: 5672,
};

/**
 * The hosts that a service's variables name. A part of a secret is never taken for a host: `isSecret` tells which hosts may be one.
 */
export function askedHosts(variables: Readonly<Record<string, string | null>>, isSecret: (host: string) => boolean): Ask[] {
  const asks = Object.entries(variables).flatMap(([variable, value]) => {
    const ask = value === null ? null : (inUrl(value) ?? named(variable, value, variables));
    return ask === null || isSecret(ask.host) ? [] : [{ variable: variable.slice(0, 200), ...ask }];
  });
  return asks.slice(0, MOST);
}

function inUrl(value: string): Omit<Ask, 'variable'> | null {
  const [, scheme = '', host, port] = URL_HOST.exec(value) ?? [];
  if (host === undefined) return null;
  return { host, port: portOf(port) ?? USUAL[scheme.toLowerCase().replace(/\+.*$/, '')] ?? null };
}

/** `REDIS_HOST`, with its port or that of `REDIS_PORT`. */
function named(variable: string, value: string, variables: Readonly<Record<string, string | null>>): Omit<Ask, 'variable'> | null {
  if (!HOST_NAME.test(variable)) return null;
  const [, host, port] = HOST.exec(value) ?? [];
  if (host === undefined) return null;
  return { host, port: portOf(port) ?? portOf(variables[variable.replace(HOST_NAME, '$1PORT')] ?? undefined) };
}

function portOf(text: string | undefined): number | null {
  const port = Number(text ?? Number.NaN);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
}
