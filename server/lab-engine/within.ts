import type Docker from 'dockerode';

/** The same client, whose every request ends with the signal: dockerode takes one for few of its calls, its transport for all. */
export function within(docker: Docker, signal: AbortSignal): Docker {
  const modem: Docker['modem'] = Object.create(docker.modem);
  modem.dial = (options, callback) => docker.modem.dial({ ...options, abortSignal: signal }, callback);
  return Object.assign(Object.create(docker), { modem });
}
