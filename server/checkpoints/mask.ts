/** Replaces a secret. */
export const MASK = '••••••';

/** Words in a variable's name that mean that its value is a secret. */
const SECRET_WORDS =
  'PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|FERNET_?KEY|SECRET_?KEY|CREDENTIALS?|_PWD|(?<![A-Z])PASS(?![A-Z])';
const SECRET_NAME = new RegExp(`(${SECRET_WORDS})`, 'i');
/** Names of variables that only point to a secret: `POSTGRES_PASSWORD_FILE`. */
const POINTER_NAME = /(_FILE|_PATH|_URL|_HOST|_LENGTH|_NAME)$/i;

/** Values that the brief itself prints. Masking them would protect nothing and make diagnoses unreadable. */
const PUBLIC_VALUES = [
  'dataeng',
  'admin',
  'warehouse',
  'postgres',
  'localhost',
  'users_data',
  'http://source.datastream.test/users',
  'false',
];
/** A shorter value would mask parts of ordinary words. */
const SHORTEST = 5;
const SHORTEST_SECRET = 3;

/** Whether a variable of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !POINTER_NAME.test(name);
}

/** The password in a URL, or null. */
export function passwordInUrl(text: string): string | null {
  return URL_PASSWORD.exec(text)?.[2] || null;
}

/** Every repetition is bounded: a log may be one line of 64 KiB, in which each character could begin a URL. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]{0,40}:\/\/[^\s:/@'"]{0,500}:)([^\s'"]{1,1000})(?=@)/i;
const URL_PASSWORDS = new RegExp(URL_PASSWORD.source, 'gi');
/** A whole word that is followed by an assignment: `NAME=`, `NAME: `, `"name": `, `NAME "`. */
const NAMES = /(?<![\w-])[\w-]+(?=(["']?\s*[=:]\s*|\s+(?=["'])))/g;
/** A value with quotes, without, or with one quote if the other was cut off. */
const VALUE = /"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;"'}\]]+|["'][^\s"']+/y;

/** Returns a function that masks every secret in a text: the given values, values of variables named like secrets, and passwords in URLs. */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const maskValues = createValueMask(secrets);
  return (text) => maskAssignments(maskValues(text));
}

/**
 * The same for a text that programs read again, such as JSON: only values are replaced, so that the text stays valid.
 * `isOpen` tells which values are not secret.
 */
export function createValueMask(secrets: readonly string[], isOpen: (secret: string) => boolean = () => false): (text: string) => string {
  const hidden = secrets.filter((secret) => !isOpen(secret));
  const known = [...new Set(hidden.flatMap(spellings))].sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const secret of known) masked = masked.replaceAll(secret, MASK);
    return masked.replace(URL_PASSWORDS, (url, before: string, password: string) => (isOpen(password) ? url : `${before}${MASK}`));
  };
}

function maskAssignments(text: string): string {
  let masked = '';
  let done = 0;
  for (const { 0: name, 1: link = '', index } of text.matchAll(NAMES)) {
    const at = index + name.length + link.length;
    if (index < done || !isSecretName(name)) continue;
    VALUE.lastIndex = at;
    const value = VALUE.exec(text)?.[0];
    if (value === undefined) continue;
    masked += text.slice(done, at) + MASK;
    done = at + value.length;
  }
  return masked + text.slice(done);
}

/** The values of a `.env` that must never be shown. */
export function secretsOfEnvFile(source: string): string[] {
  return source.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line);
    if (!match) return [];
    const value = unquote((match[2] ?? '').trim());
    const shortest = isSecretName(match[1] ?? '') ? SHORTEST_SECRET : SHORTEST;
    const password = passwordInUrl(value);
    return [...(password ? [password] : []), ...(value.length >= shortest && !isPublicValue(value) ? [value] : [])];
  });
}

/** Whether a value is public: the brief prints it, or it is a short number. */
export function isPublicValue(value: string): boolean {
  return PUBLIC_VALUES.includes(value.toLowerCase()) || /^\d{1,5}$/.test(value);
}

/** A quoted value ends at its quote; an unquoted one ends at « # » after a blank. */
function unquote(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value);
  return quoted ? (quoted[2] ?? '') : value.replace(/\s#.*$/, '').trimEnd();
}

/** The forms in which a secret may appear: plain, in a URL, in JSON, in a Compose file, in a quoted shell word. */
function spellings(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const all = [
    secret,
    encoded,
    encoded.replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('$', '$$$$'),
    secret.replaceAll("'", "'\\''"),
  ];
  return all.filter((spelling) => spelling.length >= SHORTEST_SECRET);
}
