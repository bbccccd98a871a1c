import { createChecker } from '../../checkpoints/checker.ts';
import { lessonTest } from '../../checkpoints/lesson-test/lesson-test.ts';
import { subjectOfLab } from '../../checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../checkpoints/trials/file-journal.ts';
import { openStateFolder } from '../../state/state-folder.ts';
import type { Verb } from '../definitions.ts';
import { readArgs } from '../read-args.ts';

const OPTIONS = { lab: { type: 'string' }, only: { type: 'string' } } as const;

export const lessonTestVerb: Verb = {
  name: 'lesson test',
  usage: '[tâche…] [--only NOM] [--lab <labo>]',
  summary: 'Joue le départ, la solution, les erreurs connues et les variantes dans un labo à part, et compare les verdicts.',
  async run(args, context) {
    const { positionals: tasks, values } = readArgs(args, OPTIONS, { min: 0, max: 100 });
    const { labs } = await context.control();
    const own = values.lab === undefined;
    const lab = values.lab ?? (await labs.start({ signal: context.signal })).lab;
    try {
      const agent = await labs.agent(lab);
      const journal = new FileJournal(openStateFolder(context.stateDir).trials);
      const checker = createChecker({ lab, subject: subjectOfLab(agent), journal });
      const only = values.only === undefined ? {} : { only: values.only };
      const report = await lessonTest({ tasks, ...only, agent, checker, say: context.say, signal: context.signal });
      return { exit: report.wrong === 0 ? 0 : 1, document: report, text: `${report.wrong} faux en ${Math.round(report.tookMs / 1000)} s` };
    } finally {
      if (own) await labs.remove(lab);
    }
  },
};
