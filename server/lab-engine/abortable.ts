import type Docker from 'dockerode';

/** The same client, with every request aborted by the signal. Only a few calls of dockerode accept a signal, but its transport accepts one for all. */
export function abortable(docker: Docker, signal: AbortSignal): Docker {
  const modem: Docker['modem'] = Object.create(docker.modem);
  modem.dial = (options, callback) => docker.modem.dial({ ...options, abortSignal: signal }, callback);
  return Object.assign(Object.create(docker), { modem });
}
