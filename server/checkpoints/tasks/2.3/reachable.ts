import { criterion } from '../../criterion.ts';
import { API_PORT } from '../../readers/api/ask-api.ts';
import { endpointFault, said } from '../../readers/api/endpoint-fault.ts';
import { listenPlace } from '../../readers/api/listening.ts';
import { missingRootFields, readReached } from '../../readers/api/read-reachable.ts';
import { evidence } from '../../readers/findings.ts';
import { judgeService } from '../../readers/trouble/service-trouble.ts';

const LISTEN = 'Faites-la écouter sur toutes les interfaces du conteneur, `--host 0.0.0.0`, puis `docker compose up -d --build`';

export const reachable = criterion('2.3/reachable', {
  needs: ['2.3/service'],
  expected: `une API qui répond sur le port ${API_PORT} du labo, et dont \`/\` donne \`message\` et \`status\``,
  async read(view) {
    const reached = await readReached(view);
    const { api, container, published, answer, sockets } = reached;
    const trouble = container && (answer === null || answer.status >= 500) ? await judgeService(view, api.name) : null;
    const behind = published?.container ?? API_PORT;
    const open = sockets?.filter(({ loopback }) => !loopback).map(({ port }) => port) ?? [];
    return {
      ...reached,
      trouble: trouble?.kind === 'fault' && trouble.code !== 'up.unhealthy' ? trouble : null,
      ended: answer === null && container?.state === 'exited' && container.exitCode === 0,
      open,
      /** It listens, but only for its own container. */
      loopback: sockets?.find(({ loopback, port }) => loopback && (open.length === 0 || (port === behind && !open.includes(port)))),
      listens: await listenPlace(view, api),
      fault: answer && (await endpointFault(view, 'reachable', '/', answer)),
      missing: answer ? missingRootFields(answer) : [],
      host: container?.networks.includes('host') ?? false,
      behind,
    };
  },
  where: ({ api }) => api.place('ports'),
  evidence: ({ answer, trouble }) => [
    ...(answer ? [evidence(`curl ${answer.url}`, `${answer.status} ${said(answer.body)}`)] : []),
    ...(trouble?.evidence ?? []),
  ],
})
  .blocked('1.4/up', ({ runs }) => !runs, 'aucun conteneur de ce projet sur le moteur')
  .fault('reachable.not-started', ({ container }) => container === null, {
    observed: ({ api: { name, service } }) =>
      `le service \`${name}\` n’a pas de conteneur${service.profiles.length > 0 ? ' : il a un profil, et `docker compose up -d` ne le démarre pas' : ''}`,
    where: ({ api }) => api.place(...(api.service.profiles.length > 0 ? ['profiles'] : [])),
    look: 'Lancez `docker compose up -d --build`, et lisez ce qu’il dit jusqu’au bout : une construction a pu échouer.',
  })
  .faultOf(({ trouble }) => trouble)
  .fault('reachable.ended', ({ ended }) => ended, {
    observed: ({ api }) => `le conteneur de \`${api.name}\` s’est terminé aussitôt, avec le code 0 : son programme ne sert rien`,
    where: ({ listens }) => listens,
    look: 'Un programme d’API reste en marche : c’est `uvicorn main:app` qui le fait servir.',
  })
  .fault('reachable.not-published', ({ published }) => published === null, {
    observed: ({ api }) => `le service \`${api.name}\` ne publie aucun port : rien ne répond sur http://localhost:${API_PORT}`,
    where: ({ api }) => api.place('ports'),
    look: `Sous \`ports\` du service, écrivez \`"${API_PORT}:${API_PORT}"\` ; \`EXPOSE\` n’ouvre rien.`,
  })
  .waits('reachable', ({ starting }) => starting, { observed: ({ api }) => `\`${api.name}\` démarre : son programme n’écoute pas encore` })
  .fault('reachable.loopback', ({ loopback }) => loopback, {
    observed: ({ api }, { port }) =>
      `dans le conteneur de \`${api.name}\`, le programme écoute sur 127.0.0.1:${port} : le port publié arrive par une autre interface, où rien n’écoute`,
    where: ({ listens }) => listens,
    look: LISTEN,
  })
  .fault(
    'reachable.other-port-inside',
    ({ answer, open, behind }) => answer === null && open.length > 0 && !open.includes(behind) && open,
    {
      observed: ({ published, behind }, open) =>
        `le port ${published?.host} du labo mène au port ${behind} du conteneur, et le programme écoute sur ${open.join(', ')}`,
      look: (_, open) => `Dans \`dehors:dedans\`, le nombre de droite est le port du programme : \`"${API_PORT}:${open[0]}"\``,
    },
  )
  .fault('reachable.no-answer', ({ answer }) => answer === null, {
    observed: ({ api, said: why, published }) =>
      `sur http://localhost:${published?.host}, \`${api.name}\` ne donne pas de réponse : ${why}`,
    where: ({ api }) => api.place(),
    look: ({ api }) => `\`docker compose logs ${api.name}\` dit ce qu’elle en pense.`,
  })
  .faultOf(({ fault }) => fault)
  .fault('reachable.root-fields', ({ missing }) => missing.map((field) => `\`${field}\``).join(' ni '), {
    observed: (_, missing) => `\`/\` répond, sans ${missing}`,
    where: ({ listens, api }) => ({ file: api.dockerfile, ...listens }),
    look: 'Le brief attend `{"message": …, "status": …}` ; les deux textes sont libres.',
  })
  .remark(
    'reachable.other-port',
    ({ published }) => published && published.host !== API_PORT && published,
    (_, { host }) => `L’API répond sur le port ${host} ; le brief l’attend sur ${API_PORT}.`,
  )
  .remark(
    'reachable.host-network',
    ({ host }) => host,
    'Avec `network_mode: host`, l’API occupe le port de la machine elle-même, et les noms des autres services n’existent pas pour elle : `ports` suffit.',
    ({ api }) => api.place('network_mode'),
  );
