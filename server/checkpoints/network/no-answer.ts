import type { Failure } from './definitions.ts';

const SAID_LENGTH = 300;

/** A program of the learner's stack did not answer what it was asked. */
export class NoAnswer extends Error {
  readonly failure: Failure;

  constructor(kind: Failure['kind'], said: string, options?: { cause?: unknown }) {
    super(said, options);
    this.name = 'NoAnswer';
    this.failure = { kind, said: said.slice(0, SAID_LENGTH) };
  }
}

export const noAnswer = {
  closed: (port: number, cause?: unknown) => new NoAnswer('closed', `aucun programme n’écoute sur le port ${port}`, { cause }),
  unreachable: (host: string, cause?: unknown) => new NoAnswer('unreachable', `l’adresse ${host} n’est pas joignable`, { cause }),
  hungUp: () => new NoAnswer('closed', 'il a coupé la connexion sans répondre'),
  cut: () => new NoAnswer('refused', 'il a coupé la connexion avant la fin de sa réponse'),
  silent: (ms: number) => new NoAnswer('refused', `il n’a rien répondu en ${seconds(ms)}`),
  stalled: (ms: number) => new NoAnswer('refused', `sa réponse s’est arrêtée en chemin : rien en ${seconds(ms)}`),
  late: (ms: number) => new NoAnswer('refused', `il n’a pas fini de répondre en ${seconds(ms)}`),
  tooLarge: (bytes: number) => new NoAnswer('refused', `sa réponse dépasse ${bytes.toLocaleString('fr-FR')} octets`),
  notSpoken: (protocol: string, cause?: unknown) => new NoAnswer('refused', `ce qu’il a répondu n’est pas du ${protocol}`, { cause }),
};

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString('fr-FR')} s`;
}
