import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { LabSpec } from '../../../../../server/labs/driver/definitions.ts';
import { gateSettings } from '../../../../../server/labs/driver/gate-settings.ts';

const SPEC: LabSpec = {
  id: 'solo',
  image: 'escale/lab:0',
  isolation: 'userns',
  memoryBytes: 1,
  cpus: 1,
  pids: 1,
  openFiles: 1024,
  agentToken: 'a',
  sourceToken: 's',
  registry: 'registry:5000',
  allow: [],
  env: {},
  extraCa: null,
};

async function settings(spec: LabSpec): Promise<string> {
  const files = gateSettings(spec, { hostAddresses: [], peers: [] }).pipe(extract());
  let found = '';
  for await (const entry of files) {
    const content = await text(entry);
    if (entry.header.name === 'escale/settings') found = content;
  }
  return found;
}

describe('gateSettings', () => {
  it('blocks the names of the public registry only if it does not answer', async () => {
    expect(await settings({ ...SPEC, publicRegistry: false })).toContain('\nABSENT=docker.io\n');
    expect(await settings({ ...SPEC, publicRegistry: true })).toContain('\nABSENT=\n');
    expect(await settings(SPEC)).toContain('\nABSENT=\n');
  });
});
