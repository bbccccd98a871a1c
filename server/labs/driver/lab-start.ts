import { setTimeout as pause } from 'node:timers/promises';
import type { LabStep } from '../../../contract/lab.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import { atMost } from '../../host/at-most.ts';
import { type AgentAnswer, askAgentHealth } from '../agents/agent-health.ts';
import type { LabEndpoint, LabSpec } from './definitions.ts';
import { GateOutput } from './gate-output.ts';
import { type GateSurroundings, gateSettings, SETTINGS_PARENT } from './gate-settings.ts';
import { endpointOf } from './lab-inspection.ts';
import type { LabObjects } from './lab-objects.ts';
import { StepClock } from './step-clock.ts';

/** From the container's start to its agent. */
const READY_MS = 60_000;
/** What a running lab is given to show that it is well. */
const SETTLE_MS = 8_000;
/** Between two questions to an agent that does not answer. */
const ASK_AGAIN_MS = 200;

/** Brings a lab from whatever it is to `ready`. Leaves the cleaning up after a failure to the caller. */
export async function startLab(
  objects: LabObjects,
  spec: LabSpec,
  around: GateSurroundings,
  onStep: (step: LabStep) => void,
  signal: AbortSignal,
): Promise<LabEndpoint> {
  const steps = new StepClock(onStep);
  const running = await findRunning(objects, spec, signal);
  if (running !== null) {
    steps.done('volumes', 'isolation', 'agent');
    return running;
  }
  steps.begin('volumes');
  try {
    await objects.make(spec, signal);
    await objects.writeSettings(gateSettings(spec, around), SETTINGS_PARENT, signal);
    return await bootLab(objects, spec, steps, signal);
  } catch (error) {
    steps.fail();
    throw error;
  }
}

/** A lab that already runs and answers to our token; one that runs otherwise is stopped, to be started afresh. */
async function findRunning(objects: LabObjects, spec: LabSpec, signal: AbortSignal): Promise<LabEndpoint | null> {
  const seen = await objects.inspect();
  const endpoint = seen === null ? null : endpointOf(seen);
  if (endpoint === null) return null;
  const settled = AbortSignal.timeout(SETTLE_MS);
  while (!settled.aborted) {
    const answer = await askAgentHealth(endpoint.agentUrl, spec.agentToken, signal);
    if (answer === 'refused') break;
    if (answer !== 'silent') return endpoint;
    await rest(ASK_AGAIN_MS, signal);
  }
  await objects.stop(0, signal);
  return null;
}

async function bootLab(objects: LabObjects, spec: LabSpec, steps: StepClock, signal: AbortSignal): Promise<LabEndpoint> {
  const ended = new AbortController();
  const { promise: isolated, resolve: sayIsolated } = Promise.withResolvers<void>();
  const { promise: listening, resolve: sayListening } = Promise.withResolvers<void>();
  const gate = new GateOutput((step) => {
    if (step === 'agent') sayListening();
    if (step !== 'isolation') return;
    steps.done('isolation').begin('agent');
    sayIsolated();
  });
  const unfollow = await objects.follow(
    (chunk) => gate.write(chunk),
    () => ended.abort(gate.failure()),
    signal,
  );
  try {
    steps.done('volumes').begin('isolation');
    await objects.start(signal);
    const seen = await objects.inspect();
    const endpoint = seen === null ? null : endpointOf(seen);
    if (endpoint === null) throw gate.failure();
    const inTime = AbortSignal.any([signal, ended.signal]);
    // A connection that comes before the firewall is complete is dropped, and tried again by the kernel a whole second later. Whoever in
    // the lab says that the agent listens only gives a reason to ask it.
    await atMost(READY_MS, Promise.all([isolated, listening]), inTime);
    inTime.throwIfAborted();
    await untilReady(endpoint, spec, steps, inTime);
    return endpoint;
  } finally {
    unfollow();
  }
}

async function untilReady(endpoint: LabEndpoint, spec: LabSpec, steps: StepClock, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (performance.now() < deadline) {
    const answer: AgentAnswer = await askAgentHealth(endpoint.agentUrl, spec.agentToken, signal);
    if (answer === 'refused') throw refusedToken();
    if (answer !== 'silent') {
      steps.done('isolation', 'agent');
      return;
    }
    await rest(ASK_AGAIN_MS, signal);
  }
  throw new EscaleError('unavailable', 'lab.not-ready', {
    message: `Le labo n’est pas prêt après ${READY_MS / 1000} s : son agent ne répond pas.`,
    hint: 'La machine est peut-être très chargée ; redémarrez le labo, puis lancez « escale doctor ».',
  });
}

/** A pause that ends by the signal's own reason. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function refusedToken(): EscaleError {
  return new EscaleError('fault', 'lab.token', {
    message: 'L’agent du labo refuse le jeton que le serveur lui a donné.',
    hint: 'Redémarrez le labo. Si cela recommence, signalez-le : c’est un défaut d’Escale.',
  });
}
