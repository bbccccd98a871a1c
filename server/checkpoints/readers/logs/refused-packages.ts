/** Why pip could not install the packages, in its own words. */
export interface RefusedPackages {
  /** French, with pip's line. */
  readonly observed: string;
  /** The package that pip names, or null. */
  readonly named: string | null;
  readonly look: string;
}

/** Lines of the build around pip's: BuildKit repeats the command, and Compose says that it failed. */
const AROUND =
  /failed to solve|did not complete successfully|^-{4,}|^>|^\[|note: This|hint: See|subprocess-exited-with-error|Dockerfile:\d+|^\d+ \|/i;
const CORRECT = 'Corrigez cette ligne, puis relancez l’essai.';

/** Ordered so that a cause comes before its consequences. */
const RULES: readonly { readonly says: RegExp; readonly look: string }[] = [
  {
    says: /^.*pg_config executable not found.*$/m,
    look: 'Ce paquet se compile, avec les en-têtes de PostgreSQL : prenez `psycopg2-binary`, déjà compilé, ou installez `gcc` et `libpq-dev` dans le `Dockerfile` avant pip.',
  },
  {
    says: /^.*(?:command '\S*(?:gcc|cc|g\+\+)' failed|unable to execute '\S*gcc'|Unknown compiler\(s\)).*$/m,
    look: 'Ce paquet se compile, et l’image n’a pas de compilateur : prenez une version qui a une « wheel », ou installez `gcc` dans le `Dockerfile` avant pip.',
  },
  { says: /^.*(?:Could not install packages due to an OSError|Invalid requirement|DO NOT MATCH THE HASHES).*$/m, look: CORRECT },
  {
    says: /^.*No matching distribution found for .*$/m,
    look: 'Vérifiez le nom du paquet, et que cette version existe pour le Python de l’image.',
  },
  {
    says: /^.*(?:Cannot install .* because|ResolutionImpossible|conflicting dependencies).*$/m,
    look: 'Ces versions s’excluent : desserrez l’une des deux.',
  },
];

/** Reads the output of a build whose `pip install` failed. */
export function refusedPackages(output: string): RefusedPackages {
  const lines = output.split('\n').map((line) =>
    line
      .replace(/^#\d+\s+/, '')
      .replace(/^[\d.]+\s+/, '')
      .trim(),
  );
  const text = lines.filter((line) => line !== '' && !AROUND.test(line)).join('\n');
  const rule = RULES.find(({ says }) => says.test(text));
  const own =
    rule?.says.exec(text)?.[0] ?? text.split('\n').findLast((line) => /^error\b|error:/i.test(line)) ?? text.split('\n').at(-1) ?? '';
  const conflict = /The conflict is caused by:\n((?:.*(?:requested|depends on).*\n?)+)/.exec(text)?.[1];
  const why = conflict === undefined ? own : `${own} ${conflict.trim().replaceAll('\n', ' ; ')}`;
  return {
    observed: `l’installation des paquets échoue ; pip dit : « ${why.slice(0, 400)} »`,
    named: namedIn(text, own),
    look: rule?.look ?? CORRECT,
  };
}

/** The package of pip's line, else the one that it was building. */
function namedIn(text: string, own: string): string | null {
  const requirement = /(?:found for|Cannot install|Invalid requirement: ')\s*([A-Za-z][\w.-]*)/.exec(own)?.[1];
  const built = /Failed (?:building wheel for|to build(?: installable wheels for)?(?: some)?) '?([A-Za-z][\w.-]*)/.exec(text)?.[1];
  return requirement ?? built ?? /Collecting ([A-Za-z][\w.-]*)(?![\s\S]*Collecting )/.exec(text)?.[1] ?? null;
}
