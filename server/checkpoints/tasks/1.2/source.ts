import { pipelineAct } from '../../acts/pipeline.ts';
import { criterion } from '../../criterion.ts';
import { evidence } from '../../readers/findings.ts';
import { codeFiles, findInCode, PROGRAM } from '../../readers/python/project-code.ts';

const READ_IT = 'Lisez l’adresse par `os.environ["SOURCE_API_URL"]`, et donnez-la à la requête.';

export const source = criterion('1.2/source', {
  needs: ['1.2/requirements', '1.2/program'],
  expected: 'un programme qui lit ses utilisateurs à l’adresse que donne `SOURCE_API_URL`',
  act: pipelineAct,
  async read(view, trial) {
    const run = trial.state === 'ran' ? trial.first.run : null;
    const requests = run?.requests ?? 0;
    const url = await findInCode(view, /https?:\/\/[^\s'"]+/);
    const named = (await codeFiles(view)).some(({ text }) => text.includes('SOURCE_API_URL'));
    return { run, requests, named, asked: requests > 0, written: url && !/SOURCE_API_URL/.test(url.text) ? url : null };
  },
  where: { file: PROGRAM },
  evidence: ({ requests }) => [evidence('source de l’essai', `${requests} requête${requests > 1 ? 's' : ''}`)],
})
  .blocked('1.2/loads', ({ run }) => !run, 'ce qui suit ne peut pas être essayé sans un programme qui charge `users_data`')
  .fault('source.hard-coded', ({ asked, written }) => !asked && written, {
    observed: (_, { text }) =>
      `le programme n’a pas lu la source de l’essai : une adresse est écrite dans le code, \`${text.slice(0, 200)}\``,
    where: (_, { text: _text, ...where }) => where,
    look: READ_IT,
  })
  .blocked('1.2/loads', ({ asked, named, run }) => !asked && named && run?.code !== 0, 'le programme s’arrête avant d’avoir lu sa source')
  .fault('source.not-read', ({ asked }) => !asked, {
    observed: ({ named }) =>
      named
        ? 'la variable est nommée dans le code, et aucune requête n’est arrivée à son adresse'
        : 'aucune requête n’est arrivée à son adresse, et `SOURCE_API_URL` n’est nulle part dans le code',
    look: READ_IT,
  });
