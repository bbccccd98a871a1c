/** One step of an image's history, as an instruction. */
export interface HistoryStep {
  readonly keyword: string;
  /** Blanks collapsed; without flags, without the builder's own marks. */
  readonly text: string;
  /** Arguments of the build that the step was given, `NAME=value`. */
  readonly args: readonly string[];
}

/** Reads a step of BuildKit (« RUN /bin/sh -c … # buildkit ») or of the classic builder (« /bin/sh -c #(nop)  USER x »). */
export function readStep(createdBy: string): HistoryStep {
  const text = createdBy.trim().replace(/\s*# buildkit$/, '');
  const nop = /^\/bin\/sh -c #\(nop\)\s+/.exec(text);
  const [keyword, rest] = nop
    ? cutKeyword(text.slice(nop[0].length))
    : isRun(text)
      ? ['RUN', text.replace(/^RUN\s+/, '')]
      : cutKeyword(text);
  const { args, body } = cutArgs(rest);
  const plain = keyword === 'RUN' ? body : body.replace(/(^|\s)--[a-z-]+(=\S+)?(?=\s)/g, '$1');
  return { keyword, text: collapse(plain), args };
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function isRun(text: string): boolean {
  return /^(RUN\s|\||\/|[a-z])/.test(text);
}

function cutKeyword(text: string): [string, string] {
  const match = /^([A-Z]+)\s*/.exec(text);
  return match ? [match[1] ?? '', text.slice(match[0].length)] : ['', text];
}

/** « |2 A=b C=d e /bin/sh -c … »: the values may hold blanks, the shell's absolute path ends them. */
function cutArgs(text: string): { args: string[]; body: string } {
  const head = /^\|(\d+)\s+/.exec(text);
  if (!head) return { args: [], body: text };
  const rest = text.slice(head[0].length);
  const shell = rest.search(/(^|\s)\/\S*sh\s/);
  const list = shell < 0 ? rest : rest.slice(0, shell);
  return { args: list.split(/\s+(?=[A-Za-z_]\w*=)/).filter(Boolean), body: shell < 0 ? rest : rest.slice(shell).trim() };
}
