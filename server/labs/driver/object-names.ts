import { createHash } from 'node:crypto';
import { type Isolation, isolationSchema } from '../../../contract/lab.ts';
import { IMAGE_LABEL } from '../../images/build/engine-images.ts';

/** The engine's objects of one lab, and the labels by which they are found again. */
export interface ObjectNames {
  readonly container: string;
  readonly network: string;
  readonly home: string;
  readonly engine: string;
  readonly labels: Readonly<Record<string, string>>;
}

export const INSTANCE_LABEL = 'escale.instance';
const KIND_LABEL = 'escale.kind';
/** The label that holds a lab's id. */
export const LAB_LABEL = 'escale.lab';
/** The label that holds how a container was made; another value means that it must be made anew. */
export const RECIPE_LABEL = 'escale.recipe';
/** The label that holds the isolation in force. */
export const ISOLATION_LABEL = 'escale.isolation';

/** The label that holds an engine store's volume: on the engine data that was made from it, and on the sign that it is complete. */
export const ENGINE_STORE_LABEL = 'escale.engine-store';
/** Role of the volumes of engine stores, which belong to no instance. */
export const STORE_ROLE = 'engine-store';

/** The isolation that the labels of a container or a volume tell; what has no such label is from before there were two. */
export function isolationOf(labels: Readonly<Record<string, string>> | null | undefined): Isolation {
  return isolationSchema.catch('userns').parse(labels?.[ISOLATION_LABEL]);
}

/** Names carry a hash of the instance, so that two state folders on one engine never collide. */
export function objectNames(instance: string, lab: string): ObjectNames {
  const name = nameIn(instance, lab);
  return {
    container: name,
    network: name,
    home: `${name}-home`,
    engine: `${name}-engine`,
    labels: { [INSTANCE_LABEL]: instance, [KIND_LABEL]: 'lab', [LAB_LABEL]: lab },
  };
}

/** The names of the lab that fills an engine store: its engine's data are the store. */
export function fillerNames(instance: string, store: string): ObjectNames {
  const name = nameIn(instance, 'engine-store');
  const labels = { [INSTANCE_LABEL]: instance, [KIND_LABEL]: STORE_ROLE };
  return { container: name, network: name, home: `${name}-home`, engine: store, labels };
}

function nameIn(instance: string, name: string): string {
  return `escale-${createHash('sha256').update(instance).digest('hex').slice(0, 6)}-${name}`;
}

/** Whether this is a volume that holds an engine store. */
export function isEngineStore(volume: { readonly Labels: Readonly<Record<string, string>> | null } | null): boolean {
  return volume?.Labels?.[IMAGE_LABEL] === STORE_ROLE;
}

/** The engine's filter for the labs of one instance. */
export function labFilter(instance: string): { label: string[] } {
  return { label: [`${INSTANCE_LABEL}=${instance}`, `${KIND_LABEL}=lab`] };
}

/** Whether an object's labels say that it belongs to this lab of this instance. */
export function belongsTo(names: ObjectNames, labels: Readonly<Record<string, string>> | null | undefined): boolean {
  return Object.entries(names.labels).every(([key, value]) => labels?.[key] === value);
}
