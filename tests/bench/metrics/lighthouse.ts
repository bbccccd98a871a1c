import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { z } from 'zod';
import playwrightSettings from '../../../playwright.config.ts';
import type { Figure, Metric } from '../definitions.ts';

const PACKAGE = 'lighthouse@13.5.0';
const LESSONS = ['/fr/bienvenue/', '/fr/1.3/', '/fr/1.4/'];
const FORMS = { phone: [], desktop: ['--preset=desktop'] };
/** Number of runs; the median counts, for each category. */
const RUNS = 3;
const WITHIN_MS = 5 * 60_000;
const reportSchema = z.object({ categories: z.record(z.string(), z.object({ score: z.number().nullable() })) });
type Scores = Readonly<Record<string, number | null>>;

export const lighthouse: Metric = {
  name: 'lighthouse',
  what: 'Lighthouse on three lessons beside a lab that is ready, as a phone and as a desktop',
  needs: ['lab'],
  withinMs: 60 * 60_000,
  async measure({ stage, say, size }) {
    const { server } = await stage.lab();
    const figures: Figure[] = [];
    for (const lesson of LESSONS) {
      for (const [form, flags] of Object.entries(FORMS)) {
        const runs: Scores[] = [];
        for (let run = 0; run < size(RUNS); run += 1) {
          const scores = await runLighthouse(`${server.origin}${lesson}`, flags);
          if (typeof scores === 'string') return [{ name: 'scores', value: null, unit: 'of 100', target: { atLeast: 95 }, reason: scores }];
          runs.push(scores);
        }
        figures.push(...middle(`${lesson}, ${form}`, runs));
        say(`${lesson}, ${form}: ${JSON.stringify(runs.at(-1))}`);
      }
    }
    return figures;
  },
};

function middle(name: string, runs: readonly Scores[]): Figure[] {
  return Object.keys(runs[0] ?? {}).map((category) => {
    const scores = runs.map((run) => run[category] ?? 0).sort((a, b) => a - b);
    return { name: `${name}: ${category}`, value: scores[Math.floor(scores.length / 2)] ?? null, unit: 'of 100', target: { atLeast: 95 } };
  });
}

/** The scores, or the reason why npm or Lighthouse gave none. */
async function runLighthouse(url: string, flags: readonly string[]): Promise<Scores | string> {
  const folder = mkdtempSync(join(tmpdir(), 'escale-lighthouse-'));
  const path = join(folder, 'report.json');
  // Without the tests' choice of a renderer: measure what a learner's browser would choose.
  const chrome = (playwrightSettings.use?.launchOptions?.args ?? []).filter((flag) => !flag.includes('swiftshader'));
  const words = ['--yes', PACKAGE, url, ...flags, '--output=json', `--output-path=${path}`, '--quiet'];
  const env = { ...process.env, CHROME_PATH: playwrightSettings.use?.launchOptions?.executablePath ?? chromium.executablePath() };
  const child = spawn('npx', [...words, `--chrome-flags=--headless=new ${chrome.join(' ')}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
    // A process group of its own, so that killing it also ends the browser that it started.
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  const timer = setTimeout(() => endGroup(child.pid), WITHIN_MS);
  try {
    const [code] = await once(child, 'exit');
    if (code !== 0) return `${PACKAGE} ended with ${code ?? 'no code, in time'}: ${said.trim()}`;
    const { categories } = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, score === null ? null : Math.round(score * 100)]),
    );
  } finally {
    clearTimeout(timer);
    endGroup(child.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // All processes have ended already.
  }
}
