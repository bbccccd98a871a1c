import type Docker from 'dockerode';
import type { Isolation } from '../../../contract/lab.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import { orAbsent } from '../../host/engine-errors.ts';
import { isolationOf, type ObjectNames } from './object-names.ts';

/**
 * Refuses a lab whose volumes were filled under the other isolation: the owners of its files would be off by 100000, and what it has
 * is left as it is.
 */
export async function refuseOtherIsolation(docker: Docker, names: ObjectNames, wanted: Isolation): Promise<void> {
  for (const name of [names.home, names.engine]) {
    const volume = await orAbsent(docker.getVolume(name).inspect());
    if (volume === null) continue;
    const made = isolationOf(volume.Labels);
    if (made === wanted) continue;
    throw new EscaleError('usage', 'lab.other-isolation', {
      message: `Les données de ce labo ont été faites sous l’isolation « ${made} », et « config.json » demande « ${wanted} » : les propriétaires de leurs fichiers ne seraient plus les bons.`,
      hint: `Remettez « isolation » à « ${made} » pour retrouver ce labo tel qu’il est. Pour en changer : sauvez-y votre projet (docs/hosting.md dit comment), puis « npx escale lab remove » efface le labo et ses données, et le suivant part de zéro.`,
    });
  }
}
