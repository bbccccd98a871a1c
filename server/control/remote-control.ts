import { z } from 'zod';
import { labStartedSchema, labStatusSchema } from '../../contract/lab.ts';
import { checkReportSchema } from '../../contract/verdict.ts';
import { workshopStatusSchema } from '../../contract/workshop.ts';
import { createLabAgent } from '../labs/agents/http-lab-agent.ts';
import type { LabControl } from '../labs/service/definitions.ts';
import { sourceOf } from '../labs/source/source-control.ts';
import type { Workshops } from '../workshop/workshop-service.ts';
import type { Control } from './definitions.ts';
import { labEndpointAnswerSchema, resetReportSchema } from './protocol.ts';
import type { ServerConnection } from './server-connection.ts';

/** The labs of a running server. */
export function remoteControl(server: ServerConnection): Control {
  return { via: 'server', labs: remoteLabs(server), workshops: remoteWorkshops(server), close: async () => undefined };
}

function path(lab: string, verb = ''): string {
  return `/api/labs/${encodeURIComponent(lab)}${verb}`;
}

function remoteWorkshops(server: ServerConnection): Workshops {
  return {
    status: (lab) => server.ask({ method: 'GET', path: path(lab, '/workshop') }, workshopStatusSchema),
    act: (lab, action, { fault, signal } = {}) =>
      server.ask({ method: 'POST', path: path(lab, '/workshop'), body: { action, ...(fault && { fault }) }, signal }, workshopStatusSchema),
  };
}

function remoteLabs(server: ServerConnection): LabControl {
  const access = (lab: string) => server.ask({ method: 'GET', path: path(lab, '/endpoint') }, labEndpointAnswerSchema);
  return {
    // Steps are not reported: the reply comes when the lab is ready.
    start: ({ lab, signal } = {}) =>
      server.ask({ method: 'POST', path: '/api/labs', body: lab === undefined ? {} : { lab }, signal }, labStartedSchema),
    list: () => server.ask({ method: 'GET', path: '/api/labs' }, z.array(labStatusSchema)),
    status: (lab) => server.ask({ method: 'GET', path: path(lab) }, labStatusSchema),
    stop: (lab, signal) => server.ask({ method: 'POST', path: path(lab, '/stop'), signal }, labStatusSchema),
    reset: (lab, signal) => server.ask({ method: 'POST', path: path(lab, '/reset'), signal }, resetReportSchema),
    remove: async (lab, signal) => {
      await server.ask({ method: 'DELETE', path: path(lab), signal }, z.null());
    },
    agent: async (lab) => {
      const { endpoint, agentToken } = await access(lab);
      return createLabAgent({ url: endpoint.agentUrl, token: agentToken });
    },
    source: async (lab) => sourceOf(await access(lab)),
    check: (lab, tasks, { trials, waitMs, signal }) =>
      server.ask({ method: 'POST', path: path(lab, '/check'), body: { tasks, trials, waitMs }, signal }, checkReportSchema),
  };
}
