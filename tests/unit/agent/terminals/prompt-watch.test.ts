import { describe, expect, it } from 'vitest';
import { PromptWatch } from '../../../../agent/terminals/prompt-watch.ts';

const PROMPT = '\x1b[?2004h\x1b]133;A\x07dataeng:~$ ';
const FULL_PROMPT = `${PROMPT}\x1b]133;B\x07`;

function watchAfter(...steps: ReadonlyArray<{ out: string } | { key: string }>): PromptWatch {
  const watch = new PromptWatch();
  for (const step of steps) {
    if ('out' in step) watch.output(Buffer.from(step.out));
    else watch.typed(Buffer.from(step.key));
  }
  return watch;
}

describe('PromptWatch', () => {
  it.each([
    ['at a fresh prompt', [{ out: PROMPT }], 'empty'],
    ['before any prompt', [{ out: 'motd' }], 'empty'],
    ['text typed', [{ out: PROMPT }, { key: 'l' }, { out: 'l' }], 'text'],
    ['a line sent, no prompt yet', [{ out: PROMPT }, { key: 'ls\r' }, { out: 'ls\r\n' }], 'busy'],
    ['the command said that it runs', [{ out: PROMPT }, { out: '\x1b]133;C\x07' }], 'busy'],
    ['back at the prompt', [{ out: PROMPT }, { key: 'ls\r' }, { out: `ls\r\nfile\r\n${PROMPT}` }], 'empty'],
    ['typed ahead of the prompt', [{ out: PROMPT }, { key: 'sleep 1\r' }, { key: 'l' }, { out: PROMPT }], 'text'],
    [
      'a key that a pager took, where the prompt marks its end',
      [{ out: FULL_PROMPT }, { key: 'less x\r' }, { key: 'q' }, { out: FULL_PROMPT }],
      'empty',
    ],
    ['type-ahead echoed after the end of the prompt', [{ out: `${FULL_PROMPT}l` }], 'text'],
    ['given up with ^C', [{ out: PROMPT }, { key: 'rm -' }, { key: '\x03' }, { out: `^C\r\n${PROMPT}` }], 'empty'],
  ] as const)('%s', (_what, steps, line) => {
    expect(watchAfter(...steps).line).toBe(line);
  });

  it('reads marks that arrive byte by byte', () => {
    const watch = new PromptWatch();
    for (const byte of Buffer.from(`noise \x1b[1m${FULL_PROMPT}`)) watch.output(Buffer.from([byte]));
    expect([watch.seen, watch.paste, watch.line]).toEqual([true, true, 'empty']);
  });

  it('resolves at the next prompt, or after its timeout', async () => {
    const watch = new PromptWatch();
    const soon = watch.nextPrompt(5000);
    watch.output(Buffer.from(PROMPT));
    await soon;
    await watch.nextPrompt(1);
    expect(watch.seen).toBe(true);
  });
});
