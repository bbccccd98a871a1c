import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { z } from 'zod';
import playwrightSettings from '../../../playwright.config.ts';
import type { Figures, Metric } from '../definitions.ts';

const LESSONS = ['/fr/1.1/', '/fr/1.3/', '/fr/1.4/'];
const reportSchema = z.object({ categories: z.record(z.string(), z.object({ score: z.number().nullable() })) });

export const lighthouse: Metric = {
  name: 'lighthouse',
  what: 'Lighthouse on three lessons, out of 100; null where npm does not give it',
  async measure(stage, say) {
    const { server } = await stage.lab();
    const figures: Record<string, Figures> = {};
    for (const lesson of LESSONS) {
      figures[lesson] = await scores(`${server.origin}${lesson}`);
      say(`${lesson}: ${JSON.stringify(figures[lesson])}`);
    }
    return figures;
  },
};

async function scores(url: string): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'escale-lighthouse-'));
  const path = join(folder, 'report.json');
  const flags = `--chrome-flags=--headless=new ${(playwrightSettings.use?.launchOptions?.args ?? []).join(' ')}`;
  const words = ['--yes', 'lighthouse@latest', url, '--preset=desktop', '--output=json', `--output-path=${path}`, '--quiet', flags];
  const env = { ...process.env, CHROME_PATH: playwrightSettings.use?.launchOptions?.executablePath ?? chromium.executablePath() };
  const child = spawn('npx', words, { stdio: ['ignore', 'ignore', 'pipe'], env, timeout: 240_000 });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  const [code] = await once(child, 'exit');
  try {
    if (code !== 0) return { scores: null, reason: `lighthouse ended with ${code}: ${said.trim()}` };
    const { categories } = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, score === null ? null : Math.round(score * 100)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
