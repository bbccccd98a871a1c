import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { LabCheckers } from './checkpoints/lab-checkers.ts';
import { subjectOfLab } from './checkpoints/subject-of-lab.ts';
import { FileJournal } from './checkpoints/trials/file-journal.ts';
import { type Config, loadConfig } from './config.ts';
import type { Environment } from './environment.ts';
import { engineAddresses } from './host/host-engine.ts';
import { HostFinder } from './host/host-finder.ts';
import { readHostSettings } from './images/host/host-settings.ts';
import { createLabAgent } from './labs/agents/http-lab-agent.ts';
import type { LabSpec } from './labs/driver/definitions.ts';
import { Archives } from './labs/service/archives.ts';
import { fillEngineStore, findEngineStore } from './labs/service/fill-engine-store.ts';
import type { LabHost } from './labs/service/lab-host.ts';
import { type FindChecker, LabService } from './labs/service/lab-service.ts';
import { recordingChecker } from './labs/service/recording-checker.ts';
import { sourceOf } from './labs/source/source-control.ts';
import { fillerSpec, labSpec, localHost, NOBODY, type SpecOptions } from './local-host.ts';
import { createLogger, logFile } from './logging/logger.ts';
import { packProject } from './projects/pack-project.ts';
import { projectBefore, starterProject } from './projects/project-states.ts';
import { lazily } from './setup/lazily.ts';
import { Preparation } from './setup/preparation.ts';
import { openDatabase } from './state/database.ts';
import { LabStore } from './state/lab-store.ts';
import { OutcomeStore } from './state/outcome-store.ts';
import { ProgressStore } from './state/progress-store.ts';
import type { StateFolder } from './state/state-folder.ts';
import type { StateLock } from './state/state-lock.ts';
import { WorkshopStore } from './state/workshop-store.ts';
import { drawFaults } from './workshop/draw-faults.ts';
import { WorkshopService } from './workshop/workshop-service.ts';

export interface ServicesOptions {
  readonly folder: StateFolder;
  /** Acquired by the caller; released by `close`. */
  readonly lock: StateLock;
  readonly environment: Environment;
}

/** The services of one state folder, for the process that holds its lock. */
export interface Services {
  readonly config: Config;
  /** Writes to the folder's log what the configuration's `logLevel` lets through. */
  readonly log: Logger;
  readonly labs: LabService;
  readonly progress: ProgressStore;
  readonly workshops: WorkshopService;
  readonly preparation: Preparation;
  readonly findChecker: FindChecker;
  /** Aborts running work and releases the state folder; labs keep running. */
  close(): void;
}

/** The composition root: the only place that connects ports to their adapters. */
export function openServices({ folder, lock, environment }: ServicesOptions): Services {
  try {
    const config = loadConfig(folder.dir);
    const log = createLogger(config.logLevel, logFile(folder.log));
    const database = openDatabase(folder.database);
    const store = new LabStore(database);
    const hosts = new HostFinder(engineAddresses(environment), (docker) =>
      localHost({ docker, instance: folder.dir, isolation: config.isolation, mayInstall: environment.setup === 'auto', log }),
    );
    const hostSettings = lazily(readHostSettings);
    const preparation = new Preparation(hosts, log, {
      find: (host, image) => findEngineStore(host, { image, isolation: config.isolation }),
      fill: async (host, materials, which, progress, signal) =>
        fillEngineStore(host, fillerSpec({ host, config, materials, settings: await hostSettings() }), which, progress, signal),
    });
    const spec = async (record: SpecOptions['record'], host: LabHost): Promise<LabSpec> => {
      const [materials, settings] = await Promise.all([preparation.materials(host), hostSettings()]);
      return labSpec({ record, host, config, materials, settings });
    };
    const progress = new ProgressStore(database);
    const journal = new FileJournal(folder.trials);
    const checkers = new LabCheckers({ journal, outcomes: new OutcomeStore(database), log });
    const findChecker: FindChecker = (lab, agent, access, learner) => {
      const found = checkers.of(lab, agent, access);
      if (learner === undefined) return found;
      return recordingChecker(found, (verdicts) => {
        progress.record(learner, verdicts, new Date().toISOString());
        return new Map(progress.of(learner).map(({ criterion, firstMetAt }) => [criterion, firstMetAt]));
      });
    };
    const labs = new LabService(
      {
        host: () => hosts.require(),
        store,
        spec,
        madeFrom: async (host) => digestOf(await spec(NOBODY, host)),
        supplied: () => preparation.supplied(),
        onStartFailed: () => preparation.doubt(),
        connect: (endpoint, token) => createLabAgent({ url: endpoint.agentUrl, token }),
        projectBefore: async (task) => packProject(await (task === null ? starterProject() : projectBefore(task))),
        isolation: config.isolation,
        diskLimitBytes: config.lab.diskGiB * 1024 ** 3,
        archives: new Archives(folder.archives),
        log,
      },
      findChecker,
    );
    const workshops = new WorkshopService({
      store: new WorkshopStore(database),
      journal,
      reach: async (lab) => {
        const [agent, access] = await Promise.all([labs.agent(lab), labs.access(lab)]);
        return { agent, subject: subjectOfLab(agent, sourceOf(access)) };
      },
      draw: (faults) => drawFaults(faults, Math.random),
      log,
    });
    return {
      config,
      log,
      labs,
      progress,
      workshops,
      preparation,
      findChecker,
      close: () => {
        preparation.close();
        if (database.isOpen) database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Names a value of plain data. */
function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
