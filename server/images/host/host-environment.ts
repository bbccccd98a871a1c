/**
 * The environment of this machine's tools: proxies, certificates, package indexes, PATH. In `server/images`, only this function reads it.
 */
export function hostEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
