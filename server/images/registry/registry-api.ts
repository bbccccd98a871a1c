import { z } from 'zod';
import { COMPATIBLE_LABEL } from '../course/compatible-images.ts';

const MANIFEST_TYPES = ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.oci.image.manifest.v1+json'].join(', ');
const ANSWER_MS = 5000;

const catalogSchema = z.object({ repositories: z.array(z.string()) });
const tagsSchema = z.object({ tags: z.array(z.string()).nullable() });
const manifestSchema = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ size: z.number().int().nonnegative() })),
});
const imageSchema = z.object({ config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }) });

/** Queries to a registry's HTTP API. */
export interface RegistryApi {
  /** The digest of a tag's manifest; null if the tag does not exist. */
  digest(repository: string, tag: string): Promise<string | null>;
  /** Every repository with its tags. */
  tags(): Promise<{ repository: string; tag: string }[]>;
  /** The size of a pull of this tag in bytes, and whether it replaces an official image. */
  content(repository: string, tag: string): Promise<{ size: number; compatible: boolean }>;
}

export function createRegistryApi(url: string): RegistryApi {
  const ask = (path: string, method = 'GET'): Promise<Response> =>
    fetch(`${url}/v2/${path}`, { method, headers: { accept: MANIFEST_TYPES }, signal: AbortSignal.timeout(ANSWER_MS) });
  return {
    async digest(repository, tag) {
      const answer = await ask(`${repository}/manifests/${tag}`, 'HEAD');
      return answer.ok ? answer.headers.get('docker-content-digest') : null;
    },
    async tags() {
      const { repositories } = catalogSchema.parse(await (await ask('_catalog?n=1000')).json());
      const each = repositories.map(async (repository) => {
        const answer = await ask(`${repository}/tags/list`);
        const tags = answer.ok ? (tagsSchema.parse(await answer.json()).tags ?? []) : [];
        return tags.map((tag) => ({ repository, tag }));
      });
      return (await Promise.all(each)).flat();
    },
    async content(repository, tag) {
      const { layers, config } = manifestSchema.parse(await (await ask(`${repository}/manifests/${tag}`)).json());
      const { config: image } = imageSchema.parse(await (await ask(`${repository}/blobs/${config.digest}`)).json());
      return { size: layers.reduce((sum, layer) => sum + layer.size, 0), compatible: image.Labels?.[COMPATIBLE_LABEL] !== undefined };
    },
  };
}
