import pino from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { EscaleError } from '../../../../server/errors/escale-error.ts';
import { CLOSED } from '../../../../server/workshop/session.ts';
import { WorkshopService } from '../../../../server/workshop/workshop-service.ts';
import { composeSubject } from '../checkpoints/fakes/compose-subject.ts';
import { MemoryJournal } from '../checkpoints/fakes/memory-journal.ts';
import { fakeAgent } from '../fakes/fake-agent.ts';

const LAB = 'amarre';
/** What the lab has of the workshop's name. */
let present = '';
let scripts: string[];
let sessions: Map<string, string>;
let journal: MemoryJournal;
let service: WorkshopService;

beforeEach(() => {
  present = '';
  scripts = [];
  sessions = new Map();
  journal = new MemoryJournal();
  const agent = fakeAgent({
    exec: async ({ argv }) => {
      const script = argv.join(' ');
      scripts.push(script);
      const stdout = script.includes('docker ps -a --filter') ? present : '';
      return { code: script.includes('test -d') ? 1 : 0, timedOut: false, stdout, stderr: '', truncated: false };
    },
  });
  service = new WorkshopService({
    store: { find: (lab) => sessions.get(lab) ?? null, keep: (lab, session) => void sessions.set(lab, session) },
    journal,
    reach: async () => ({ agent, subject: composeSubject('name: projet\nservices:\n  base: { image: postgres:15-alpine }\n') }),
    draw: (faults) => faults,
    log: pino({ level: 'silent' }),
  });
});

const open = { ...CLOSED, phase: 'open' as const, fault: 'host-name', mended: ['crlf'] };
const code = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error instanceof EscaleError ? error.code : String(error)),
  );
const removed = () =>
  scripts.some((script) => script.includes('docker rm -fv')) && scripts.some((script) => script.startsWith('sh -c rm -rf'));

describe('the workshop of a lab', () => {
  it('is closed at first, and says nothing of a fault', () => {
    expect(service.statusNow(LAB)).toEqual({ state: 'closed', folder: '~/atelier', mended: [], of: 7 });
  });

  it('never tells the cause of an open fault', () => {
    sessions.set(LAB, JSON.stringify(open));
    expect(service.statusNow(LAB).fault).not.toHaveProperty('cause');
    sessions.set(LAB, JSON.stringify({ ...open, phase: 'mended' }));
    expect(service.statusNow(LAB).fault).toHaveProperty('cause');
  });

  it('refuses what needs an open workshop, an unknown fault, and a second action', async () => {
    expect(await code(service.act(LAB, 'check'))).toBe('workshop.closed');
    expect(await code(service.act(LAB, 'restore'))).toBe('workshop.closed');
    expect(await code(service.act(LAB, 'start', { fault: 'volcano' }))).toBe('workshop.unknown-fault');
    const first = service.act(LAB, 'leave');
    expect(await code(service.act(LAB, 'leave'))).toBe('workshop.busy');
    await first;
  });

  it('removes nothing that is not its own', async () => {
    present = '/home/dataeng/atelier\n';
    expect(await code(service.act(LAB, 'start'))).toBe('workshop.name-taken');
    expect(removed()).toBe(false);
    expect(service.statusNow(LAB)).toMatchObject({
      state: 'closed',
      problem: { message: expect.stringContaining('/home/dataeng/atelier') },
    });
  });

  it('a project that cannot be copied leaves nothing behind', async () => {
    expect(await code(service.act(LAB, 'start'))).toBe('workshop.not-ready');
    expect(removed()).toBe(true);
    expect(service.statusNow(LAB).state).toBe('closed');
    expect(journal.plans).toEqual([]);
  });

  it('clears what a killed process left half made, keeps what was mended, and leaves an open workshop alone', async () => {
    sessions.set(LAB, JSON.stringify({ ...open, phase: 'preparing' }));
    await service.recover(LAB);
    expect(removed()).toBe(true);
    expect(service.statusNow(LAB)).toMatchObject({ state: 'closed', mended: ['crlf'] });
    scripts = [];
    sessions.set(LAB, JSON.stringify(open));
    await service.recover(LAB);
    expect(scripts).toEqual([]);
    expect(service.statusNow(LAB).state).toBe('open');
  });

  it('closes when its folder is gone', async () => {
    sessions.set(LAB, JSON.stringify(open));
    expect(await code(service.act(LAB, 'check'))).toBe('workshop.gone');
    expect(service.statusNow(LAB)).toMatchObject({ state: 'closed', mended: ['crlf'] });
  });
});
