const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const;

/** The proxy variables that are set, under their upper-case names. The lower-case variable is used if the other is absent. */
export function readProxyVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of NAMES) {
    const value = env[name] || env[name.toLowerCase()];
    if (value) found[name] = value;
  }
  return found;
}

/** The same for a build, in both spellings, since tools read one or the other. */
export function proxyBuildArgs(proxy: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(proxy).flatMap(([name, value]) => [
      [name, value],
      [name.toLowerCase(), value],
    ]),
  );
}
