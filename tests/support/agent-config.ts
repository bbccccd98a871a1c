import type { AgentConfig } from '../../agent/config.ts';

/** The configuration of an agent's file service whose learner is this process, for the project folder under `home`. */
export function agentConfig(home: string): AgentConfig {
  return {
    token: '',
    host: '127.0.0.1',
    port: 0,
    user: 'dataeng',
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    home,
    project: `${home}/project`,
    dockerSocket: '',
    engineCommand: [],
    passedOn: {},
  };
}
