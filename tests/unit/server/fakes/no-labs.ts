import type { ControlRoutesOptions } from '../../../../server/gateway/http/control-routes.ts';

/** The labs of the command line, for a test that must not use them. */
export function noLabs(): ControlRoutesOptions['labs'] {
  const never = () => Promise.reject(new Error('not asked for in this test'));
  return {
    start: never,
    list: async () => [],
    status: never,
    stop: never,
    reset: never,
    archives: never,
    restore: never,
    remove: never,
    agent: never,
    source: never,
    check: never,
    access: never,
  };
}
