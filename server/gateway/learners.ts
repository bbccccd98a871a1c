import type { FastifyRequest } from 'fastify';
import { type Learner, SOLO_LEARNER } from '../learner.ts';
import type { Token } from './tokens.ts';

const LEARNER = 'learner';

/** Whose token this is; null: nobody's. The one place that tells learners apart: a class gives each a token of their own and finds it here. */
export function holderOf(token: Token, shown: string): Learner | null {
  return token.matches(shown) ? SOLO_LEARNER : null;
}

export function markLearner(request: FastifyRequest, learner: Learner): void {
  request.setDecorator(LEARNER, learner);
}

/** Who asks; throws on a route that asks for no token. */
export function learnerOf(request: FastifyRequest): Learner {
  const learner = request.getDecorator<Learner | null>(LEARNER);
  if (learner === null) throw new Error(`${request.method} ${request.routeOptions.url ?? ''} asks for no token`);
  return learner;
}

/** Before any route: what `markLearner` fills. */
export function prepareLearners(app: { decorateRequest(name: string, value: null): unknown }): void {
  app.decorateRequest(LEARNER, null);
}
