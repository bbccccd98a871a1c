import { performance } from 'node:perf_hooks';
import { startAgent } from '../integration/agent/start-agent.ts';
import { TerminalDoor } from '../integration/agent/terminal-door.ts';

/** How long one key takes from the websocket to the shell and back, alone and while another shell floods; and how fast a flood is. Run with `node`. */
const KEYS = 300;

const agent = await startAgent();
try {
  const door = await TerminalDoor.attached(agent, 'echo');
  await door.sees('$ ');
  report('a key, alone', await echoes(door));
  const flood = await TerminalDoor.attached(agent, 'flood');
  await flood.sees('$ ');
  flood.type('yes 0123456789012345678901234567890123456789012345678901234567890123456789\r');
  await flood.until(() => flood.received > 1_000_000);
  report('a key, beside a flood', await echoes(door));
  const before = flood.received;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  console.log(`a flood: ${((flood.received - before) / 3e6).toFixed(1)} MB/s`);
  flood.socket.terminate();
  door.socket.terminate();
} finally {
  await agent.stop();
}

async function echoes(door: TerminalDoor): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < KEYS; i += 1) {
    const { received } = door;
    const began = performance.now();
    const back = new Promise<void>((resolve) => door.socket.once('message', () => resolve()));
    door.type(i % 40 === 39 ? '\x15' : 'x');
    await back;
    times.push(performance.now() - began);
    await door.until(() => door.received > received);
  }
  return times.sort((a, b) => a - b);
}

function report(what: string, times: readonly number[]): void {
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`);
}
