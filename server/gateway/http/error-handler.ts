import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EscaleError } from '../../errors/escale-error.ts';

/** Sends every failure as `errorBodySchema`. Internal errors are logged with their cause, and the client only gets the request's number. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | EscaleError, request, reply) => {
    const known = toEscaleError(error, request);
    if (known.httpStatus >= 500) request.log.error({ err: error, code: known.code }, 'request failed');
    return sendError(reply, known, statusOf(error, known));
  });
}

export function sendError(reply: FastifyReply, error: EscaleError, status: number = error.httpStatus): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(error.toBody()));
}

const HINT = 'Rechargez la page ; si cela se répète, signalez-le avec ce message.';

function toEscaleError(error: FastifyError | EscaleError, request: FastifyRequest): EscaleError {
  if (error instanceof EscaleError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new EscaleError('usage', 'request.too-large', {
        message: 'La demande est trop grosse.',
        hint: 'Le plus gros fichier que l’éditeur enregistre fait 1 Mio.',
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new EscaleError('usage', 'request.media-type', { message: 'La demande n’est pas du JSON.', hint: HINT });
    default:
      if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
        return new EscaleError('usage', 'request.invalid', { message: 'La demande n’a pas la forme attendue.', hint: HINT });
      }
      return new EscaleError(
        'fault',
        'server.fault',
        {
          message: `Escale a rencontré une erreur imprévue (demande ${request.id}).`,
          hint: 'Le journal, escale.log dans le dossier d’état, dit laquelle : joignez-le à votre signalement.',
        },
        { cause: error },
      );
  }
}

/** The HTTP status. 413 and 415 are kept, since error kinds are coarser. */
function statusOf(error: FastifyError | EscaleError, known: EscaleError): number {
  const precise = error instanceof EscaleError ? undefined : error.statusCode;
  return precise === 413 || precise === 415 ? precise : known.httpStatus;
}
