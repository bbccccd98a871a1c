// What may import what. `npm run check:imports` checks every `.ts` and `.mjs` file against this table, type imports too, and
// prints the comment of the rule that a file breaks. It does not read `.astro` files: for those, biome.json has the rule of `src`.

/**
 * The rooms of the server, the lowest first: each imports only those before it.
 * A new room gets its place here; `tests/unit/dependency-cruiser.test.ts` says which is missing.
 */
export const SERVER_ROOMS = [
  'errors',
  'units.ts',
  'learner.ts',
  'loopback.ts',
  'stop-signal.ts',
  'environment.ts',
  'config.ts',
  'logging',
  'state',
  'projects',
  'host',
  'lab-engine',
  'images',
  'labs/agents',
  'labs/driver',
  'labs/source',
  'image-contracts',
  'diagnostics',
  'labs/service',
  'checkpoints',
  'workshop',
  'setup',
  'previews',
  'map',
  'workbench',
  'local-host.ts',
  'services.ts',
  'control',
  'doctor',
  'open-solo.ts',
  'gateway',
  'app.ts',
  'listen.ts',
  'serve-options.ts',
  'serve.ts',
  'cli',
  'main.ts',
];

/** What joins ports and adapters, or speaks to the engine by itself. */
const ADAPTERS = 'images|lab-engine|labs/agents|labs/driver';
/** The vendors whose types stay in adapters. */
const VENDORS = '(^|/)node_modules/(@types/)?(dockerode|node-pty|tar-stream|ws)/';
const NPM = '(^|/)node_modules/';

/** A path under `server/`: a folder with all that is in it, or a file. @param {string} room */
const place = (room) => (room.endsWith('.ts') ? `${room.replaceAll('.', '\\.')}$` : `${room}/`);

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const roomRules = SERVER_ROOMS.slice(0, -1).map((room, index) => ({
  name: `server-rooms: ${room}`,
  comment:
    'A room of the server imports only those before it in SERVER_ROOMS. Move what both need into the lower room, ' +
    'or take it as an argument: server/services.ts joins the two.',
  severity: 'error',
  from: { path: `^server/${place(room)}` },
  to: {
    path: `^server/(${SERVER_ROOMS.slice(index + 1)
      .map(place)
      .join('|')})`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'contract-imports-nothing-local',
      comment: 'Move what both sides need into contract/, or keep it out of it.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { pathNot: ['^contract/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'site-imports-contract',
      comment: 'The site knows neither server nor agent. Put the shared shape into contract/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(agent|server|setup|lab-stack/source)/' },
    },
    {
      name: 'browser-has-no-node',
      comment: 'src/client runs in the browser. Compute it at build time in src/lib, or ask the server.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-imports-contract',
      comment: 'The server knows neither site nor agent. Put the shared shape into contract/.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(agent|src|lab-stack/source)/' },
    },
    {
      name: 'agent-imports-contract',
      comment: 'The agent is bundled into the lab and knows neither server nor site. Put the shared shape into contract/.',
      severity: 'error',
      from: { path: '^agent/' },
      to: { path: '^(server|setup|src|lab-stack)/' },
    },
    {
      name: 'source-imports-contract',
      comment: 'The data source is bundled into the lab. Put the shared shape into contract/.',
      severity: 'error',
      from: { path: '^lab-stack/source/' },
      to: { path: '^(agent|server|setup|src)/' },
    },
    {
      name: 'setup-needs-nothing',
      comment: 'setup runs before npm has installed anything. Write it with what Node brings, in setup/lib.',
      severity: 'error',
      from: { path: '^setup/' },
      to: { path: [NPM, '^(agent|contract|server|src|tests|lab-stack)/'] },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Move what the program needs out of tests; a test may import anything.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    ...roomRules,
    {
      name: 'gateway-asks-a-service',
      comment: 'Routes and sockets pass a request on. Put the work into a service (labs/service, workbench, control) and pass that in.',
      severity: 'error',
      from: { path: '^server/gateway/' },
      to: {
        path: ['^server/(checkpoints|host|map|previews|setup|state)/', `^server/(${ADAPTERS})/`, '(^|/)node_modules/(@types/)?dockerode/'],
      },
    },
    {
      name: 'service-asks-a-port',
      comment:
        'A service knows the port (definitions.ts), not who stands behind it. Take the adapter as an argument: server/services.ts makes it.',
      severity: 'error',
      from: { path: '^server/(labs/service|map|previews|setup|workbench)/' },
      to: { path: [`^server/(${ADAPTERS})/`, VENDORS], pathNot: ['/definitions\\.ts$', '^server/images/course/catalogue\\.ts$'] },
    },
    {
      name: 'port-speaks-our-types',
      comment: 'Another adapter must be able to stand behind a port. Describe what it needs in our own types, or in those of contract/.',
      severity: 'error',
      from: { path: '^server/.*/definitions\\.ts$' },
      to: { path: NPM },
    },
    {
      name: 'port-knows-no-adapter',
      comment: 'A port imports other ports only. Move the type into a definitions.ts.',
      severity: 'error',
      from: { path: '^server/(images|lab-engine|labs/[a-z]+)/definitions\\.ts$' },
      to: { path: `^server/(${ADAPTERS})/`, pathNot: '/definitions\\.ts$' },
    },
    {
      name: 'criterion-uses-readers',
      comment:
        'A criterion judges what readers read and what acts did. Write or extend a reader in server/checkpoints/readers, ' +
        'or an act in server/checkpoints/acts, and call it.',
      severity: 'error',
      from: { path: '^server/checkpoints/tasks/' },
      to: {
        pathNot: [
          '^contract/',
          '^server/checkpoints/[^/]+\\.ts$',
          '^server/checkpoints/(acts|readers|tasks)/',
          '^server/lab-engine/(definitions|lab-unavailable)\\.ts$',
        ],
      },
    },
    {
      name: 'no-file-circle',
      comment: 'Two files that import each other are one. Move what both need into a third.',
      severity: 'error',
      // A criterion names its act, which reads through the view that stands beside criteria: types only.
      from: { pathNot: '^server/checkpoints/(act|definitions)\\.ts$' },
      to: { circular: true },
    },
    {
      name: 'no-folder-circle',
      comment: 'Two folders that import each other are one. Move what both need into the one that is imported.',
      severity: 'error',
      scope: 'folder',
      from: { pathNot: '^tests(/|$)' },
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: NPM },
    exclude: { path: '^(dist|\\.astro)/' },
  },
};
