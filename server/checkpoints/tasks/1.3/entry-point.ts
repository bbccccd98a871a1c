import type { Criterion } from '../../definitions.ts';
import { lastOf } from '../../probes/dockerfile/final-image.ts';
import { at } from '../../probes/dockerfile/quote.ts';
import { readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { evidence, met, notMet, remark } from '../../probes/findings.ts';
import { imageCommand } from '../../probes/image/image-command.ts';
import { imageName, learnerImage } from '../../probes/image/learner-image.ts';

const expected = 'un conteneur qui, sans autre argument, lance `etl_pipeline.py`';
const FORM = 'La forme usuelle : `CMD ["python", "etl_pipeline.py"]`.';

export const entryPoint: Criterion = {
  id: '1.3/entry-point',
  needs: ['1.3/image'],
  async judge(view) {
    const [{ image: wanted }, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const command = await imageCommand(view, image);
    const instruction = lastOf(wanted, 'CMD') ?? lastOf(wanted, 'ENTRYPOINT');
    const where = { ...at(instruction), image: imageName(image) };
    const seen = {
      evidence: [
        evidence(
          `docker image inspect ${imageName(image)}`,
          `Entrypoint ${JSON.stringify(image.entrypoint)}\nCmd ${JSON.stringify(image.cmd)}`,
        ),
      ],
    };
    switch (command.state) {
      case 'starts': {
        const text = 'Sous cette forme, un shell reçoit les signaux à la place de Python ; la forme `["python", …]` l’évite.';
        return met({ ...seen, remarks: command.shellForm ? [remark('entry.shell-form', text, where)] : [] });
      }
      case 'file-missing':
        return notMet(
          'entry.file-missing',
          {
            expected,
            observed: `l’image lance \`${command.path}\`, qu’elle ne contient pas`,
            where,
            look: 'Un `COPY` doit apporter ce fichier dans le dossier de `WORKDIR` ; `.dockerignore` peut aussi l’écarter.',
          },
          seen,
        );
      case 'single-quotes':
        return notMet(
          'entry.single-quotes',
          {
            expected,
            observed: `\`${command.command}\` : avec des apostrophes, Docker n’y voit pas une liste et le donne tel quel à un shell`,
            where,
            look: 'La liste est du JSON : ses guillemets sont doubles.',
          },
          seen,
        );
      case 'arguments-lost':
        return notMet(
          'entry.arguments-lost',
          {
            expected,
            observed: `\`ENTRYPOINT ${command.command}\`, écrit sans crochets, ne reçoit pas les arguments de \`CMD\``,
            where,
            look: 'Écrivez `ENTRYPOINT ["python"]`, avec des crochets.',
          },
          seen,
        );
      case 'not-executable':
        return notMet(
          'entry.not-executable',
          { expected, observed: `\`${command.path}\` n’a pas le droit d’être exécuté`, where, look: `Passez par l’interpréteur. ${FORM}` },
          seen,
        );
      case 'other': {
        const observed = instruction
          ? `l’image lance \`${command.command}\``
          : `ni \`CMD\` ni \`ENTRYPOINT\` : l’image garde \`${command.command}\`, de sa base`;
        return notMet(instruction ? 'entry.other-program' : 'entry.absent', { expected, observed, where, look: FORM }, seen);
      }
    }
  },
};
