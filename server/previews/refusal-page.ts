import type { Problem } from './definitions.ts';

/** A complete HTTP reply that says, in French, why nothing answers on a port of the lab. */
export function refusalPage(problem: Problem, headOnly: boolean): Buffer {
  const body = Buffer.from(page(problem));
  const head = [
    'HTTP/1.1 502 Bad Gateway',
    'content-type: text/html; charset=utf-8',
    `content-length: ${body.length}`,
    'cache-control: no-store',
    "content-security-policy: default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options: nosniff',
    `x-escale-problem: ${problem.code}`,
    'connection: close',
  ];
  const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n`);
  return headOnly ? bytes : Buffer.concat([bytes, body]);
}

function page({ message, hint }: Problem): string {
  return `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ce port ne répond pas</title>
<style>
  :root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif }
  body { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.375rem; font-weight: 600 }
  code { font-family: ui-monospace, monospace; font-size: 0.94em }
  footer { margin-top: 3rem; font-size: 0.875rem; opacity: 0.75 }
</style>
<h1>Ce port ne répond pas</h1>
<p>${marked(message)}</p>
<p>${marked(hint)}</p>
<footer>Cette page vient d’Escale, pas de votre conteneur. Rechargez-la quand c’est réparé.</footer>
</html>
`;
}

/** Names in the text come from the learner: they are escaped, never HTML. Backticks mark code. */
function marked(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
