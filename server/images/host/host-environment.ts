/** The environment that the tools of this machine have: proxies, certificates, package indexes, where programs are. `server/images` reads it here only. */
export function hostEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
