import type { FastifyInstance, FastifyTypeProvider } from 'fastify';
import { ZodType, type z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';

/**
 * Routes declare Zod schemas for bodies, queries, parameters and replies. Replies are parsed too, so that undeclared fields are never sent.
 */
export interface ZodProvider extends FastifyTypeProvider {
  validator: this['schema'] extends ZodType ? z.output<this['schema']> : unknown;
  serializer: this['schema'] extends ZodType ? z.input<this['schema']> : unknown;
}

export function useZod(app: FastifyInstance): void {
  app.setValidatorCompiler<unknown>(({ schema, httpPart }) => {
    const type = requireZod(schema);
    return (data) => {
      const parsed = type.safeParse(data);
      return parsed.success ? { value: parsed.data } : { error: invalid(httpPart ?? 'body', parsed.error) };
    };
  });
  app.setSerializerCompiler<unknown>(({ schema }) => {
    const type = requireZod(schema);
    return (data) => JSON.stringify(type.parse(data));
  });
}

function requireZod(schema: unknown): ZodType {
  if (!(schema instanceof ZodType)) throw new TypeError('A route declares a schema that is not of Zod.');
  return schema;
}

function invalid(part: string, error: z.ZodError): EscaleError {
  const issue = error.issues[0];
  const place = [part, ...(issue?.path ?? [])].join('.');
  return new EscaleError('usage', 'request.invalid', {
    message: `La demande n’a pas la forme attendue (${place} : ${issue?.message ?? 'inattendu'}).`.slice(0, 2000),
    hint: 'Rechargez la page ; si cela se répète, signalez-le avec ce message.',
  });
}
