import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../agent/config.ts';
import { asUser, loginEnvironment, machineEnvironment } from '../../../agent/identity.ts';

const token = 'x'.repeat(40);

describe('readConfig', () => {
  it('requires a token and has defaults for the rest', () => {
    expect(readConfig({ ESCALE_AGENT_TOKEN: token, PATH: '/bin', HTTPS_PROXY: 'http://p:1', no_proxy: 'x' })).toEqual({
      token,
      host: '0.0.0.0',
      port: 7070,
      user: 'dataeng',
      uid: 1000,
      gid: 1000,
      home: '/home/dataeng',
      project: '/home/dataeng/docker-etl-project',
      dockerSocket: '/var/run/docker.sock',
      keptTerminals: '/var/lib/escale/terminals.json',
      engineCommand: ['service', 'docker'],
      passedOn: { HTTPS_PROXY: 'http://p:1', no_proxy: 'x' },
    });
  });

  it.each([
    ['ESCALE_AGENT_TOKEN', {}],
    ['ESCALE_AGENT_TOKEN', { ESCALE_AGENT_TOKEN: 'short' }],
    ['ESCALE_AGENT_PORT', { ESCALE_AGENT_TOKEN: token, ESCALE_AGENT_PORT: 'ssh' }],
    ['ESCALE_HOME', { ESCALE_AGENT_TOKEN: token, ESCALE_HOME: 'home/x' }],
    ['ESCALE_PROJECT', { ESCALE_AGENT_TOKEN: token, ESCALE_PROJECT: '/elsewhere' }],
    ['ESCALE_AGENT_PROT', { ESCALE_AGENT_TOKEN: token, ESCALE_AGENT_PROT: '1' }],
  ])('names %s when it is invalid in %j', (key, environment) => {
    expect(() => readConfig(environment)).toThrow(key);
  });

  it('never prints the token', () => {
    expect(() => readConfig({ ESCALE_AGENT_TOKEN: token, ESCALE_UID: 'x' })).toThrow(/^(?!.*xxxx)/s);
  });
});

describe('the identity of a command', () => {
  const config = readConfig({ ESCALE_AGENT_TOKEN: token, ESCALE_UID: '54321', ESCALE_GID: '54321', ESCALE_USER: 'nobody-here' });

  it('is the learner with the machine’s groups, or root if the agent is root', () => {
    const argv = asUser(config, 'dataeng', ['ls', '-l']);
    expect(argv.join(' ')).toBe('/usr/bin/setpriv --reuid 54321 --regid 54321 --groups 54321 -- ls -l');
    expect(asUser(config, 'root', ['ls'])).toEqual(['ls']);
  });

  it('has a login environment', () => {
    expect(loginEnvironment(config, 'dataeng')).toMatchObject({ HOME: '/home/dataeng', USER: 'nobody-here', LANG: 'C.UTF-8' });
    expect(loginEnvironment(config, 'root')).toMatchObject({ HOME: '/root', USER: 'root' });
    expect(Object.keys(loginEnvironment(config, 'root')).filter((key) => key.startsWith('ESCALE'))).toEqual([]);
  });

  it('reads the machine’s variables, quoted or exported, and ignores other lines', () => {
    expect(machineEnvironment('# x\nA=1\nexport B="two words"\nC=\'3\'\n D = no\n1E=no\n\nHTTPS_PROXY=http://u:p@h:1/?a=b\n')).toEqual({
      A: '1',
      B: 'two words',
      C: '3',
      HTTPS_PROXY: 'http://u:p@h:1/?a=b',
    });
  });
});
