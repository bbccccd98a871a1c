import { Agent } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { LabAgent } from '../../../../server/labs/agents/definitions.ts';

/** An agent that accepts a project and returns its health; other methods must not be called. */
export function fakeAgent(over: Partial<LabAgent> = {}): LabAgent & { readonly put: Buffer[] } {
  const put: Buffer[] = [];
  const never = () => Promise.reject(new Error('not asked for in this test'));
  return {
    put,
    health: async () => ({ agent: 'fake', engine: { state: 'running', version: '26.1' } }),
    activity: async () => ({ running: [] }),
    engine: async (action) => ({ agent: 'fake', engine: action === 'stop' ? { state: 'stopped' } : { state: 'running', version: '26.1' } }),
    tree: never,
    readFile: never,
    writeFile: never,
    makeFolder: never,
    moveFile: never,
    trashFile: never,
    restoreFile: never,
    watchFiles: never,
    putTree: async (tar: Readable) => void put.push(await buffer(tar)),
    getTree: never,
    exec: never,
    execStream: never,
    tunnel: never,
    dockerOptions: { host: '127.0.0.1', port: 1, version: 'docker', headers: {}, agent: new Agent() },
    terminalUrl: () => ({ url: 'ws://127.0.0.1:1/', headers: {} }),
    ...over,
  };
}
