import { criterion } from '../../criterion.ts';
import { lastOf } from '../../readers/dockerfile/final-image.ts';
import { at, written } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';
import { evidence } from '../../readers/findings.ts';
import { imageCommand } from '../../readers/image/image-command.ts';
import { imageName, learnerImage } from '../../readers/image/learner-image.ts';
import { missingCode } from '../../readers/image/missing-code.ts';
import { fileNamed } from '../../readers/project/file-named.ts';

const FORM = 'La forme usuelle : `CMD ["python", "etl_pipeline.py"]`.';

export const entryPoint = criterion('1.3/entry-point', {
  needs: ['1.3/image'],
  expected: 'un conteneur qui, sans autre argument, lance `etl_pipeline.py`',
  async read(view) {
    const [dockerfile, image] = await Promise.all([readableDockerfile(view), learnerImage(view)]);
    const instruction = lastOf(dockerfile.image, 'CMD') ?? lastOf(dockerfile.image, 'ENTRYPOINT');
    const ran = await imageCommand(view, image);
    const path = ('path' in ran && ran.path) || '';
    const file = await fileNamed(view, path);
    return {
      image,
      instruction,
      ran,
      path,
      missing: ran.state === 'starts' && ran.path !== null ? await missingCode(view, image, dockerfile.image, ran.path) : null,
      script: file === undefined ? null : { file },
      cmd: image.cmd.join(' '),
      where: { ...at(instruction), image: imageName(image) },
      command: 'command' in ran ? ran.command : '',
      program: 'program' in ran ? ran.program : null,
    };
  },
  where: ({ where }) => where,
  evidence: ({ image }) => [
    evidence(
      `docker image inspect ${imageName(image)}`,
      `Entrypoint ${JSON.stringify(image.entrypoint)}\nCmd ${JSON.stringify(image.cmd)}`,
    ),
  ],
})
  .fault('entry.one-word', ({ ran, command }) => ran.state === 'one-word' && command, {
    observed: ({ instruction }, command) =>
      `\`${instruction ? written(instruction) : command}\` : \`${command}\` n’est là qu’un seul mot, et l’image n’a pas de programme ni de fichier de ce nom`,
    look: `Dans la liste, chaque mot a ses propres guillemets. ${FORM}`,
  })
  .fault('entry.crlf', ({ ran, path }) => ran.state === 'crlf' && path, {
    observed: (_, path) =>
      `les lignes du script \`${path}\` finissent par CR LF, comme sous Windows : le shell lit un caractère de trop à chaque ligne`,
    where: ({ script, where }) => script ?? where,
    look: ({ script }) => `\`sed -i 's/\\r$//' ${script?.file ?? 'le-script.sh'}\` les retire ; reconstruisez ensuite l’image.`,
  })
  .fault('entry.arguments-unused', ({ ran, path }) => ran.state === 'arguments-unused' && path, {
    observed: ({ cmd }, path) => `le script \`${path}\` n’exécute jamais ce que \`CMD\` lui donne, \`${cmd}\``,
    where: ({ script, where }) => script ?? where,
    look: 'Finissez ce script par `exec "$@"` : il laisse alors la place à la commande de `CMD`.',
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
    observed: ({ command }) => `\`${command}\`, confié à un shell par \`ENTRYPOINT\`, ne reçoit pas les arguments de \`CMD\``,
    look: 'Écrivez `ENTRYPOINT ["python"]`, avec des crochets et sans shell.',
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
  .fault('entry.code-missing', ({ missing }) => missing, {
    observed: ({ path }, { file, why }) => `l’image lance \`${path}\` et n’a pas \`${file}\`, ${why}`,
    where: ({ where }, missing) => ({ ...missing.where, image: where.image }),
    look: (_, { look }) => look,
  })
  .remark(
    'entry.shell-form',
    ({ ran }) => ran.state === 'starts' && ran.shellForm,
    'Sous cette forme, un shell reçoit les signaux à la place de Python ; la forme `["python", …]` l’évite.',
  );
