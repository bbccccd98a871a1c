import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { type LabChange, labStatusSchema } from '../../../../../contract/lab.ts';
import type { LabAgent } from '../../../../../server/labs/agents/definitions.ts';
import type { LabService } from '../../../../../server/labs/service/lab-service.ts';
import { temporaryFolder } from '../../../setup/lib/temporary-folder.ts';
import { fakeAgent } from '../../fakes/fake-agent.ts';
import { fakeLabs } from '../../fakes/fake-labs.ts';

let archives: string;
/** The project of the lab, as text; null: there is none. */
let project: string | null;
let refusePut: boolean;
let labs: LabService;

/** An agent whose project is one text. */
function agentWithText(): LabAgent {
  return fakeAgent({
    engine: async () => ({ agent: 'fake', engine: { state: 'running', version: '26.1' } }),
    tree: async () => ({ entries: project === null ? [] : [{ path: 'note', kind: 'file', size: 1, mode: 0o644 }], truncated: false }),
    getTree: async () => Readable.from([Buffer.from(project ?? '')]),
    putTree: async (tar) => {
      const text = String(await buffer(tar));
      if (refusePut) throw new Error('killed');
      project = text;
    },
  });
}

beforeEach(async () => {
  archives = join(temporaryFolder(), 'archives');
  project = null;
  refusePut = false;
  labs = fakeLabs({ agent: agentWithText(), archives });
  await labs.start({ lab: 'solo' });
});

/** The changes that the lab reports, one line each: `archive done, project running`. */
function heard(): string[] {
  const lines: string[] = [];
  labs.lab('solo').on('change', () => {
    const change = labStatusSchema.parse(labs.lab('solo').status()).change;
    if (change !== undefined) lines.push(lineOf(change));
  });
  return lines;
}

function lineOf({ state, steps }: LabChange): string {
  const [at] = steps.filter((step) => step.state === 'running' || step.state === 'failed');
  return [state, at && `${at.id} ${at.state}`, at?.detail].filter(Boolean).join(', ');
}

describe('a project that is replaced', () => {
  it('by a reset tells each step while it runs, and where the archive is', async () => {
    project = 'mine';
    const lines = heard();
    const { archive } = await labs.reset('solo');
    expect([...new Set(lines)]).toEqual([
      'running',
      'running, archive running',
      'running, stop running',
      'running, empty running',
      'running, start running',
      'running, project running',
      'done',
    ]);
    expect(labs.lab('solo').status().change).toMatchObject({
      kind: 'reset',
      state: 'done',
      steps: ['archive', 'stop', 'empty', 'start', 'project'].map((id) => ({ id, state: 'done' })),
      archive: { path: archive, bytes: 4, cause: 'reset' },
    });
    expect(project).toBe('starter');
  });

  it('by the state before a task keeps the engine as it is', async () => {
    project = 'mine';
    const lines = heard();
    await labs.lab('solo').replace({ kind: 'state', task: '1.4' });
    expect(project).toBe('before 1.4');
    expect(lines.join()).not.toContain('stop');
    expect(labs.lab('solo').status().change).toMatchObject({ task: '1.4', state: 'done', archive: { cause: 'state' } });
  });

  it('can be had back, and what was there instead too', async () => {
    project = 'mine';
    await labs.reset('solo');
    const [mine] = (await labs.archives('solo')).archives;
    project = 'newer';
    await labs.restore('solo', mine?.name ?? '');
    expect(project).toBe('mine');
    const [newer] = (await labs.archives('solo')).archives;
    expect(newer?.cause).toBe('restore');
    await labs.restore('solo', newer?.name ?? '');
    expect(project).toBe('newer');
  });

  it('with nothing in it leaves no archive', async () => {
    project = null;
    expect(await labs.reset('solo')).toEqual({ archive: null });
    expect(labs.lab('solo').status().change).toMatchObject({ state: 'done', archive: null });
  });

  it('is not lost when the work ends in the middle: the archive is listed, and the step that failed is told', async () => {
    project = 'mine';
    refusePut = true;
    await expect(labs.reset('solo')).rejects.toThrow('killed');
    const change = labs.lab('solo').status().change;
    expect(change).toMatchObject({ state: 'failed', problem: { code: 'escale.fault' } });
    expect(change?.steps.at(-1)).toMatchObject({ id: 'project', state: 'failed' });
    refusePut = false;
    // A process that begins anew finds it in the folder.
    const next = fakeLabs({ agent: agentWithText(), archives });
    await next.start({ lab: 'solo' });
    project = null;
    await next.restore('solo', (await next.archives('solo')).archives[0]?.name ?? '');
    expect(project).toBe('mine');
  });

  it('by an archive that is not there stays as it is, and leaves no archive', async () => {
    project = 'mine';
    await expect(labs.restore('solo', 'solo-2026-01-01T00-00-00.000Z.reset.tar')).rejects.toMatchObject({ code: 'lab.archive-unknown' });
    expect([project, (await labs.archives('solo')).archives]).toEqual(['mine', []]);
  });
});
