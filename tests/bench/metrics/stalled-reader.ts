import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Figure, Metric } from '../definitions.ts';
import type { BenchStage } from '../stage/bench-stage.ts';
import type { LabSession } from '../stage/lab-session.ts';
import { ofEscale } from '../stage/terminals.ts';

const STALL_MS = 20_000;
const YES = 'yes 0123456789012345678901234567890123456789012345678901234567890123456789';

type Look = () => Promise<Record<string, number>>;

export const stalledReader: Metric = {
  name: 'stalled-reader',
  what: 'memory of server, agent and browser before and after 20 s of a flood that nobody reads',
  needs: ['lab', 'browser'],
  withinMs: 10 * 60_000,
  async measure({ stage, say, size }) {
    const lab = await stage.lab();
    const both: Look = async () => ({ server: megabytesOf(lab.server.pid), agent: await agentMegabytes(lab) });
    const socket = await stalledSocket(lab);
    const first = await growth('a websocket that does not read', both, size(STALL_MS));
    socket.terminate();
    await stopFlood(lab);
    say('a websocket that does not read: done');
    const second = await ofPage(stage, lab, both, size(STALL_MS));
    return [...first, ...second];
  },
};

/** A page whose script never yields: it draws nothing and acknowledges nothing. */
async function ofPage(stage: BenchStage, lab: LabSession, both: Look, stallMs: number): Promise<Figure[]> {
  const { page } = await ofEscale(stage);
  const cdp = await (await stage.browser()).newBrowserCDPSession();
  const all: Look = async () => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return { ...(await both()), browser: processInfo.reduce((sum, { id }) => sum + megabytesOf(id), 0) };
  };
  await page.keyboard.type(YES);
  await page.keyboard.press('Enter');
  await sleep(3000);
  const stuck = page.evaluate((ms) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  }, stallMs);
  const figures = await growth('a page that does not draw', all, stallMs);
  await stuck;
  await stopFlood(lab);
  await page.close();
  return figures;
}

async function growth(name: string, look: Look, ms: number): Promise<Figure[]> {
  const before = await look();
  await sleep(ms);
  const after = await look();
  return Object.entries(before).flatMap(([process, value]) => [
    { name: `${name}: ${process}, before`, value, unit: 'MB' as const },
    { name: `${name}: ${process}, after`, value: after[process] ?? null, unit: 'MB' as const },
  ]);
}

/** A socket attached to its own shell, which floods; the socket is never read again. */
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

/** Throws if no flood was running, since then nothing was measured. */
function stopFlood(lab: LabSession): Promise<string> {
  return lab.must('pkill -x yes');
}

/** Resident memory of a process on this machine; none if it has ended. */
function megabytesOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0;
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return 0;
  }
}

async function agentMegabytes(lab: LabSession): Promise<number> {
  const kilobytes = Number(await lab.run("ps -eo rss=,args= | awk '/agent\\.js$/ && !/awk/ { print $1; exit }'", 'root'));
  if (!(kilobytes > 0)) throw new Error('the agent is not among the processes of the lab');
  return Math.round(kilobytes / 1024);
}
