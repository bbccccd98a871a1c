/** A command or an output in the text of a lesson; listed in order. */
export interface Mention {
  readonly kind: 'command' | 'output';
  /** The command, or the recorded step shown: `1.4/ps`. */
  readonly text: string;
}

const MENTION = /<Command run=(?:"([^"]*)"|'([^']*)'|\{`([^`\\]*)`\}) \/>|<Output of="([^"]+)" \/>/g;

export function mentionsIn(lesson: string): Mention[] {
  return [...lesson.matchAll(MENTION)].map(([, double, single, braces, output]) =>
    output === undefined ? { kind: 'command', text: double ?? single ?? braces ?? '' } : { kind: 'output', text: output },
  );
}
