import type { Criterion } from '../../definitions.ts';
import { evidence, met, notMet } from '../../probes/findings.ts';
import { tryPipeline } from '../../probes/sandbox/pipeline-trial.ts';
import { codeFiles, findInCode, PROGRAM } from '../../probes/sandbox/project-code.ts';
import { blockedBy } from './blocked-by.ts';
import { NEEDS, pipelineTerms } from './terms.ts';

const expected = 'un programme qui lit ses utilisateurs à l’adresse que donne `SOURCE_API_URL`';
const look = 'Lisez l’adresse par `os.environ["SOURCE_API_URL"]`, et donnez-la à la requête.';

export const source: Criterion = {
  id: '1.2/source',
  needs: NEEDS,
  trial: pipelineTerms,
  async judge(view) {
    const trial = await tryPipeline(view);
    if (trial.state === 'not-built') return blockedBy('blocked.1.2/loads');
    const { requests, code } = trial.first.passage;
    const seen = { evidence: [evidence('source de l’essai', `${requests} requête${requests > 1 ? 's' : ''}`)] };
    if (requests > 0) return met(seen);
    const reads = (await codeFiles(view)).some(({ text }) => text.includes('SOURCE_API_URL'));
    const url = await findInCode(view, /https?:\/\/[^\s'"]+/);
    if (url !== null && !/SOURCE_API_URL/.test(url.text)) {
      const observed = `le programme n’a pas lu la source de l’essai : une adresse est écrite dans le code, \`${url.text.slice(0, 200)}\``;
      const { text: _, ...where } = url;
      return notMet('source.hard-coded', { expected, observed, where, look }, seen);
    }
    if (reads && code !== 0) return blockedBy('blocked.1.2/loads');
    const observed = reads
      ? 'la variable est nommée dans le code, et aucune requête n’est arrivée à son adresse'
      : 'aucune requête n’est arrivée à son adresse, et `SOURCE_API_URL` n’est nulle part dans le code';
    return notMet('source.not-read', { expected, observed, where: { file: PROGRAM }, look }, seen);
  },
};
