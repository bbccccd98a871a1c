import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { Isolation } from '../contract/lab.ts';
import { LabCheckers } from './checkpoints/lab-checkers.ts';
import { subjectOfLab } from './checkpoints/subject-of-lab.ts';
import { FileJournal } from './checkpoints/trials/file-journal.ts';
import { type Config, loadConfig } from './config.ts';
import type { Environment } from './environment.ts';
import { engineAddresses } from './host/host-engine.ts';
import { HostFinder } from './host/host-finder.ts';
import { type HostSettings, readHostSettings } from './images/host/host-settings.ts';
import { createLabImages } from './images/lab-images.ts';
import { emptyEngine } from './lab-engine/empty-engine.ts';
import { createLabAgent } from './labs/agents/http-lab-agent.ts';
import type { LabSpec } from './labs/driver/definitions.ts';
import { LocalLabDriver } from './labs/driver/local-lab-driver.ts';
import type { LabHost } from './labs/service/lab-host.ts';
import { labLimits } from './labs/service/lab-limits.ts';
import { type FindChecker, LabService } from './labs/service/lab-service.ts';
import { recordingChecker } from './labs/service/recording-checker.ts';
import { sourceOf } from './labs/source/source-control.ts';
import { createLogger, logFile } from './logging/logger.ts';
import { packProject } from './projects/pack-project.ts';
import { starterProject } from './projects/project-states.ts';
import { lazily } from './setup/lazily.ts';
import { Preparation } from './setup/preparation.ts';
import { openDatabase } from './state/database.ts';
import { type LabRecord, LabStore } from './state/lab-store.ts';
import { ProgressStore } from './state/progress-store.ts';
import type { StateFolder } from './state/state-folder.ts';
import type { StateLock } from './state/state-lock.ts';
import { WorkshopStore } from './state/workshop-store.ts';
import { drawFaults } from './workshop/draw-faults.ts';
import { WorkshopService } from './workshop/workshop-service.ts';

export const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));

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
      composeHost({ docker, instance: folder.dir, isolation: config.isolation, mayInstall: environment.setup === 'auto', log }),
    );
    const preparation = new Preparation(hosts, log);
    const hostSettings = lazily(readHostSettings);
    const progress = new ProgressStore(database);
    const journal = new FileJournal(folder.trials);
    const checkers = new LabCheckers({ journal, log });
    const findChecker: FindChecker = (lab, agent, access, learner) => {
      const found = checkers.of(lab, agent, access);
      if (learner === undefined) return found;
      return recordingChecker(found, (verdicts) => progress.record(learner, verdicts, new Date().toISOString()));
    };
    const labs = new LabService(
      {
        host: () => hosts.require(),
        store,
        spec: (record, host) => specOf({ record, host, config, preparation, hostSettings }),
        supplied: () => preparation.supplied(),
        onStartFailed: () => preparation.doubt(),
        connect: (endpoint, token) => createLabAgent({ url: endpoint.agentUrl, token }),
        emptyEngine: (agent, signal) => emptyEngine(agent.dockerOptions, signal),
        starter: async () => packProject(await starterProject()),
        isolation: config.isolation,
        diskLimitBytes: config.lab.diskGiB * 1024 ** 3,
        archives: folder.archives,
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

interface HostOptions {
  readonly docker: Docker;
  /** Absolute path of the state folder. */
  readonly instance: string;
  readonly isolation: Isolation;
  readonly mayInstall: boolean;
  readonly log: Logger;
}

async function composeHost({ docker, instance, isolation, mayInstall, log }: HostOptions): Promise<LabHost> {
  const { MemTotal, NCPU } = await docker.info();
  return {
    driver: new LocalLabDriver(docker, instance),
    images: createLabImages({ docker, instance, repoRoot: REPOSITORY, isolation, mayInstall, log }),
    memoryBytes: MemTotal,
    cpus: NCPU,
  };
}

interface SpecOptions {
  readonly record: LabRecord;
  readonly host: LabHost;
  readonly config: Config;
  readonly preparation: Preparation;
  readonly hostSettings: () => Promise<HostSettings>;
}

async function specOf({ record, host, config, preparation, hostSettings }: SpecOptions): Promise<LabSpec> {
  const { memoryBytes, cpus, pids, openFiles } = labLimits(config.lab, host);
  const [{ image, registry }, { extraCa, proxy }] = await Promise.all([preparation.materials(host), hostSettings()]);
  return {
    id: record.id,
    image,
    isolation: config.isolation,
    ...{ memoryBytes, cpus, pids, openFiles },
    agentToken: record.agentToken,
    sourceToken: record.sourceToken,
    registry,
    publicRegistry: host.images.publicRegistry(),
    allow: config.allow,
    env: proxy,
    extraCa,
  };
}
