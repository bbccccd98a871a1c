import { criterion } from '../../criterion.ts';
import { lastOf } from '../../readers/dockerfile/final-image.ts';
import { at } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { evidence } from '../../readers/findings.ts';
import { imageCommand } from '../../readers/image/image-command.ts';
import { imageName, learnerImage } from '../../readers/image/learner-image.ts';

const FORM = 'La forme usuelle : `CMD ["python", "etl_pipeline.py"]`.';

export const entryPoint = criterion('1.3/entry-point', {
  needs: ['1.3/image'],
  expected: 'un conteneur qui, sans autre argument, lance `etl_pipeline.py`',
  async read(view) {
    const [dockerfile, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const instruction = lastOf(dockerfile.image, 'CMD') ?? lastOf(dockerfile.image, 'ENTRYPOINT');
    const ran = await imageCommand(view, image);
    return {
      image,
      instruction,
      ran,
      path: 'path' in ran ? ran.path : '',
      command: 'command' in ran ? ran.command : '',
      program: 'program' in ran ? ran.program : null,
    };
  },
  where: ({ image, instruction }) => ({ ...at(instruction), image: imageName(image) }),
  evidence: ({ image }) => [
    evidence(
      `docker image inspect ${imageName(image)}`,
      `Entrypoint ${JSON.stringify(image.entrypoint)}\nCmd ${JSON.stringify(image.cmd)}`,
    ),
  ],
})
  .fault('entry.program-missing', ({ program }) => program, {
    observed: (_, program) => `l’image lance \`${program}\`, un programme qu’elle ne contient pas`,
    look: `Vérifiez ce nom, ou ce qui doit l’installer. ${FORM}`,
  })
  .fault('entry.file-missing', ({ ran }) => ran.state === 'file-missing', {
    observed: ({ path }) => `l’image lance \`${path}\`, qu’elle ne contient pas`,
    look: 'Un `COPY` doit apporter ce fichier dans le dossier de `WORKDIR` ; `.dockerignore` peut aussi l’écarter.',
  })
  .fault('entry.single-quotes', ({ ran }) => ran.state === 'single-quotes', {
    observed: ({ command }) => `\`${command}\` : avec des apostrophes, Docker n’y voit pas une liste et le donne tel quel à un shell`,
    look: 'La liste est du JSON : ses guillemets sont doubles.',
  })
  .fault('entry.arguments-lost', ({ ran }) => ran.state === 'arguments-lost', {
    observed: ({ command }) => `\`ENTRYPOINT ${command}\`, écrit sans crochets, ne reçoit pas les arguments de \`CMD\``,
    look: 'Écrivez `ENTRYPOINT ["python"]`, avec des crochets.',
  })
  .fault('entry.not-executable', ({ ran }) => ran.state === 'not-executable', {
    observed: ({ path }) => `\`${path}\` n’a pas le droit d’être exécuté`,
    look: `Passez par l’interpréteur. ${FORM}`,
  })
  .fault('entry.absent', ({ ran, instruction }) => ran.state === 'other' && !instruction, {
    observed: ({ command }) => `ni \`CMD\` ni \`ENTRYPOINT\` : l’image garde \`${command}\`, de sa base`,
    look: FORM,
  })
  .fault('entry.other-program', ({ ran }) => ran.state === 'other', {
    observed: ({ command }) => `l’image lance \`${command}\``,
    look: FORM,
  })
  .remark(
    'entry.shell-form',
    ({ ran }) => ran.state === 'starts' && ran.shellForm,
    'Sous cette forme, un shell reçoit les signaux à la place de Python ; la forme `["python", …]` l’évite.',
  );
