import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Figures, Metric } from '../definitions.ts';
import type { LabSession } from '../stage/lab-session.ts';
import { ofEscale } from '../stage/terminals.ts';

const STALL_MS = 20_000;
const YES = 'yes 0123456789012345678901234567890123456789012345678901234567890123456789';

export const stalledReader: Metric = {
  name: 'stalled-reader',
  what: 'memory of server, agent and browser before and after 20 s of a flood that nobody reads; MB',
  async measure(stage, say) {
    const lab = await stage.lab();
    const socket = await stalledSocket(lab);
    const reader = await growth(async () => ({ server: megabytesOf(lab.server.pid), agent: await agentMegabytes(lab) }));
    socket.terminate();
    await lab.run('pkill -x yes');
    say(`a websocket that does not read: ${JSON.stringify(reader)}`);

    const { page } = await ofEscale(stage);
    const cdp = await (await stage.browser()).newBrowserCDPSession();
    const browser = async (): Promise<number> => {
      const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { id }) => sum + megabytesOf(id), 0);
    };
    await page.keyboard.type(YES);
    await page.keyboard.press('Enter');
    await sleep(3000);
    // A script that never yields: the page draws nothing and acknowledges nothing.
    const stuck = page.evaluate((ms) => {
      const until = performance.now() + ms;
      while (performance.now() < until);
    }, STALL_MS + 5000);
    const stalled = await growth(async () => ({
      server: megabytesOf(lab.server.pid),
      agent: await agentMegabytes(lab),
      browser: await browser(),
    }));
    await stuck;
    await lab.run('pkill -x yes');
    await page.close();
    say(`a page that does not draw: ${JSON.stringify(stalled)}`);
    return { socketThatDoesNotRead: reader, pageThatDoesNotDraw: stalled };
  },
};

async function growth(look: () => Promise<Record<string, number>>): Promise<Figures> {
  const before = await look();
  await sleep(STALL_MS);
  const after = await look();
  return Object.fromEntries(Object.keys(before).map((name) => [name, { before: before[name] ?? 0, after: after[name] ?? 0 }]));
}

/** Attached to a shell of its own that floods, and never read from again. */
async function stalledSocket(lab: LabSession): Promise<WebSocket> {
  const { origin } = lab.server;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/terminals/stalled`, { origin });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'auth', token: await lab.token() }));
  socket.send(JSON.stringify({ type: 'attach', after: null, cols: 80, rows: 24 }));
  await once(socket, 'message');
  socket.send(Buffer.from(`${YES}\r`));
  await sleep(1000);
  socket.pause();
  return socket;
}

/** Resident memory of a process of this machine. */
function megabytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

async function agentMegabytes(lab: LabSession): Promise<number> {
  const kilobytes = await lab.run("ps -eo rss=,args= | awk '/agent\\.js$/ && !/awk/ { print $1; exit }'", 'root');
  return Math.round(Number(kilobytes) / 1024);
}
