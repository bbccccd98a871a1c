import type { Control } from '../../../server/control/definitions.ts';
import { remoteControl } from '../../../server/control/remote-control.ts';
import { ServerConnection } from '../../../server/control/server-connection.ts';
import { readServerFile } from '../../../server/state/server-file.ts';
import { openStateFolder } from '../../../server/state/state-folder.ts';
import type { RealServer } from '../../e2e/support/real-server.ts';

/** The verbs of labs, through the server that serves them. */
export function controlOf(server: RealServer): Control {
  const file = readServerFile(openStateFolder(server.state));
  if (!file) throw new Error('the server left no word of itself');
  return remoteControl(new ServerConnection(file));
}
