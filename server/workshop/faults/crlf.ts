import { posix } from 'node:path';
import type { Fault } from '../definitions.ts';
import { append, changeCompose, flow } from './change-compose.ts';

const SCRIPT = 'demarrer.sh';
const TARGET = `/usr/local/bin/${SCRIPT}`;
const STARTS = 'demarrages.log';

export const crlf: Fault = {
  id: 'crlf',
  symptom: `Une collègue a ajouté \`${SCRIPT}\`, qui note chaque démarrage du pipeline dans \`logs/${STARTS}\` avant de le lancer. Depuis, le pipeline ne démarre plus, alors que le script est là et que ses droits sont bons.`,
  hints: [
    'Le moteur dit qu’un fichier n’existe pas. Le script existe pourtant : lequel cherche-t-il ? La première ligne d’un script nomme un autre programme.',
    `Certains caractères ne se voient pas. \`file ${SCRIPT}\`, ou \`head -n 1 ${SCRIPT} | od -c\`, les montre.`,
    `Le script a des fins de ligne de Windows. \`sed -i 's/\\r$//' ${SCRIPT}\` les retire.`,
  ],
  cause:
    'Le script avait des fins de ligne de Windows (CRLF). Le noyau cherchait un interpréteur nommé `/bin/sh` suivi d’un retour chariot, qui n’existe pas.',
  break(copy) {
    const logs = copy.etl.service.volumes.find(({ type, source }) => type === 'bind' && posix.basename(source) === 'logs')?.target;
    if (logs === undefined || copy.paths.includes(SCRIPT)) return null;
    const edit = changeCompose(copy, (document) => {
      const service = ['services', copy.etl.name];
      document.setIn([...service, 'entrypoint'], flow(document, [TARGET]));
      document.setIn([...service, 'command'], flow(document, copy.etl.command));
      return append(document, [...service, 'volumes'], `./${SCRIPT}:${TARGET}:ro`);
    });
    const script = [
      '#!/bin/sh',
      '# Note chaque démarrage, puis laisse la place au pipeline.',
      `date >> ${posix.join(logs, STARTS)}`,
      'exec "$@"',
      '',
    ];
    return edit && { edits: [edit], whole: { [SCRIPT]: { text: script.join('\r\n'), mode: 0o755 } } };
  },
  shows: ({ etl, log }) => etl?.exitCode !== 0 && /no such file or directory/i.test(`${log}${etl?.error}`),
  async remains({ etl, text, modifiedMs, names }) {
    const script = await text(SCRIPT);
    if (script?.includes('\r')) {
      return {
        code: 'crlf.still-there',
        onceWorking: true,
        observed: `\`${SCRIPT}\` a encore des fins de ligne de Windows`,
        where: { file: SCRIPT },
        look: 'Retirez-les toutes, et pas seulement celle de la première ligne.',
      };
    }
    const noted = (await modifiedMs(`logs/${STARTS}`)) ?? 0;
    if (script !== null && etl !== null && noted >= etl.startedMs - 1000) return null;
    return {
      code: 'crlf.script-unused',
      onceWorking: true,
      observed: `le pipeline tourne, mais ce démarrage n’est pas noté dans \`logs/${STARTS}\``,
      where: { file: SCRIPT, service: names.etl },
      look: `La collègue a besoin de \`${SCRIPT}\` : réparez-le, sans cesser de vous en servir.`,
    };
  },
  repair: `sed -i 's/\\r$//' ${SCRIPT}`,
  tempting: [
    { name: 'the script taken out', script: `sed -i '/${SCRIPT}/d' docker-compose.yml`, code: 'crlf.script-unused' },
    { name: 'more permissions', script: `chmod 777 ${SCRIPT}`, code: 'symptom.remains' },
    {
      name: 'only the first line',
      script: `sed -i '1s/\\r$//; 3d' ${SCRIPT}; sed -i 's/^exec "$@"\\r$/exec "$@" #\\r/' ${SCRIPT}`,
      code: 'crlf.still-there',
    },
  ],
};
