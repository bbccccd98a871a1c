import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../../contract/verdict.ts';
import type { WorkspaceServerFrame } from '../../../../contract/workspace.ts';
import type { Lab } from '../../../../server/labs/service/lab.ts';
import type { LabChecker } from '../../../../server/labs/service/lab-checker.ts';
import { createLogger } from '../../../../server/logging/logger.ts';
import { VerdictFeed } from '../../../../server/workbench/verdict-feed.ts';
import { fakeLabs } from '../fakes/fake-labs.ts';

const base = {
  id: '1.3/non-root',
  task: '1.3',
  row: 'security',
  points: 2,
  judge: 'program',
  title: 't',
  remarks: [],
  evidence: [],
} as const;
const MET: Verdict = { ...base, remarks: [], evidence: [], verdict: 'met' };
const waiting = (): Verdict => ({
  ...base,
  remarks: [],
  evidence: [],
  verdict: 'cannot-tell',
  diagnosis: { code: 'wait.health', expected: 'a', observed: 'b', where: {}, look: 'c' },
});

let lab: Lab;
let happens: () => void;
let check: ReturnType<typeof vi.fn<LabChecker['check']>>;
let tryOne: ReturnType<typeof vi.fn<LabChecker['tryOne']>>;
let feed: VerdictFeed;
let frames: WorkspaceServerFrame[];
const tell = (frame: WorkspaceServerFrame) => void frames.push(frame);

beforeEach(async () => {
  vi.useFakeTimers();
  const labs = fakeLabs();
  lab = labs.lab('solo');
  await lab.start();
  frames = [];
  happens = () => undefined;
  check = vi.fn<LabChecker['check']>(async () => [MET]);
  tryOne = vi.fn<LabChecker['tryOne']>(async () => MET);
  const checker: LabChecker = {
    check,
    tryOne,
    engineEvents: (onEvent, signal) => {
      happens = onEvent;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    },
  };
  feed = new VerdictFeed({
    lab,
    checker: () => {
      lab.agent();
      return checker;
    },
    log: createLogger('silent', new Writable()),
  });
});

afterEach(() => void vi.useRealTimers());

const told = () =>
  frames.map((frame) =>
    frame.type === 'verdicts' ? `${frame.task} ${frame.checking ? 'checking' : frame.criteria[0]?.verdict}` : frame.type,
  );

describe('the verdicts of a page', () => {
  it('come for the watched task, and again when files or the engine change, once per batch of changes', async () => {
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.waitFor(() => expect(told()).toEqual(['1.3 met']));
    for (let i = 0; i < 5; i++) feed.workChanged();
    happens();
    await vi.waitFor(() => expect(told()).toEqual(['1.3 met', '1.3 checking', '1.3 met']));
    expect(check).toHaveBeenCalledTimes(2);
    page.end();
    feed.workChanged();
    await vi.advanceTimersByTimeAsync(500);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('are looked at again after a look during which something changed', async () => {
    let finish: (verdicts: Verdict[]) => void = () => undefined;
    check.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(1));
    feed.workChanged();
    await vi.advanceTimersByTimeAsync(500);
    expect(check).toHaveBeenCalledTimes(1);
    finish([MET]);
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(2));
    page.end();
  });

  it('come even if the work never pauses', async () => {
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(1));
    for (let writes = 0; writes < 200; writes++) {
      feed.workChanged();
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(check.mock.calls.length).toBeGreaterThan(2);
    page.end();
  });

  it('are not delayed by something that starts when a change came at the end of a look', async () => {
    let finish: (verdicts: Verdict[]) => void = () => undefined;
    check.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(1));
    feed.workChanged();
    finish([waiting()]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(check).toHaveBeenCalledTimes(2);
    page.end();
  });

  it('are looked at again while something is starting', async () => {
    check.mockResolvedValueOnce([waiting()]);
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.advanceTimersByTimeAsync(4000);
    expect(told().at(-1)).toBe('1.3 met');
    expect(told()[0]).toBe('1.3 cannot-tell');
    page.end();
  });

  it('are sent to a second page at once', async () => {
    const first = feed.open(tell);
    first.watch('1.3');
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    const heard: WorkspaceServerFrame[] = [];
    const second = feed.open((frame) => void heard.push(frame));
    second.watch('1.3');
    expect(heard).toHaveLength(1);
    first.end();
    second.end();
  });

  it('follow a trial, which is shown as a check and reports why it failed', async () => {
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    page.trial('1.3/healthcheck');
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(2));
    expect(tryOne).toHaveBeenCalledWith('1.3/healthcheck', expect.any(AbortSignal), expect.any(Function));
    await vi.waitFor(() => expect(told()).toEqual(['1.3 met', '1.3 checking', '1.3 met']));
    tryOne.mockResolvedValueOnce(waiting());
    page.trial('1.3/healthcheck');
    await vi.waitFor(() => expect(frames.at(-1)).toEqual({ type: 'error', error: { code: 'wait.health', message: 'b', hint: 'c' } }));
    tryOne.mockRejectedValueOnce(new Error('boom'));
    page.trial('1.3/healthcheck');
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'error', error: { code: 'escale.fault' } }));
    expect(told().at(-2)).toBe('1.3 met');
    page.end();
  });

  it('follow a trial whose steps every page is told', async () => {
    const page = feed.open(tell);
    page.watch('1.3');
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    tryOne.mockImplementationOnce(async (_criterion, _signal, onProgress) => {
      onProgress?.({ act: 'health', criteria: ['1.3/healthcheck'], step: 'tourne', usualMs: 10 });
      return MET;
    });
    page.trial('1.3/healthcheck');
    await vi.waitFor(() => expect(told()).toEqual(['1.3 met', '1.3 checking', 'trial', '1.3 met', 'trial']));
    expect(frames[2]).toMatchObject({ trial: { criteria: ['1.3/healthcheck'], step: 'tourne' } });
    expect(frames[4]).toEqual({ type: 'trial', trial: null });
    page.end();
  });

  it('cannot be requested while the lab is unavailable, which is reported, and come when it is back', async () => {
    await lab.stop({ wanted: 'stopped' });
    const page = feed.open(tell);
    page.watch('1.3');
    page.check('1.3');
    await vi.waitFor(() => expect(frames).toMatchObject([{ type: 'error', error: { code: 'lab.away' } }]));
    await lab.start();
    await vi.waitFor(() => expect(told().at(-1)).toBe('1.3 met'));
    page.end();
  });
});
