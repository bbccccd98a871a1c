import type { IMarker, Terminal } from '@xterm/xterm';

/** The part of xterm that is needed. */
export type MarkedTerminal = Pick<Terminal, 'buffer' | 'parser' | 'registerMarker'>;

/**
 * Calls `ended` with each command that has run, whoever typed it. The lab's prompt marks where a command begins (133;B), when it runs
 * (133;C) and the next prompt (133;A). Commands of the replayed screen are reported too.
 */
export function watchCommands(terminal: MarkedTerminal, ended: (command: string) => void): void {
  let begin: { readonly line: IMarker; readonly column: number } | undefined;
  let running: string | undefined;
  terminal.parser.registerOscHandler(133, (data) => {
    const { active } = terminal.buffer;
    if (data.startsWith('A')) {
      if (running !== undefined) ended(running);
      running = undefined;
    } else if (data.startsWith('B')) {
      begin?.line.dispose();
      begin = { line: terminal.registerMarker(0), column: active.cursorX };
    } else if (data.startsWith('C') && begin !== undefined) {
      // A line of -1: the mark has left the scrollback.
      running = begin.line.line < 0 ? undefined : textBetween(terminal, begin.line.line, begin.column);
    }
    return false;
  });
}

/** The text from a place to the line before the cursor's, with wrapped lines joined. */
function textBetween({ buffer: { active } }: MarkedTerminal, from: number, column: number): string {
  let text = '';
  for (let at = from; at < active.baseY + active.cursorY; at += 1) {
    const line = active.getLine(at);
    if (line === undefined) continue;
    // A wrapped line goes on after the last column, where its blanks count.
    const wraps = active.getLine(at + 1)?.isWrapped ?? false;
    if (at > from && !line.isWrapped) text += '\n';
    text += line.translateToString(!wraps, at === from ? column : 0);
  }
  return text.trim();
}
