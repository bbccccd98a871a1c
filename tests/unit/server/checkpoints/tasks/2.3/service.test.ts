import { describe, expect, it } from 'vitest';
import { service } from '../../../../../../server/checkpoints/tasks/2.3/service.ts';
import { apiView, MAIN } from '../../fakes/api-subject.ts';
import { COMPOSE, composeSubject, FOLDER } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const built = (context: string, dockerfile = 'Dockerfile', more = '') => `name: project
services:
  postgres:
    image: postgres:15-alpine
  api:
    build: { context: ${FOLDER}${context}, dockerfile: ${dockerfile} }
${more}`;
const START = 'FROM python:3.11-slim\nCOPY main.py .\nUSER 1000\n';
const docker = (text: string) => ({ files: { 'api/Dockerfile': text } });

describe('2.3/service', () => {
  it.each<[string, Parameters<typeof apiView>[0], string]>([
    ['of api/', {}, 'met'],
    [
      'of the project, by the path of its Dockerfile',
      { compose: built('', 'api/Dockerfile'), ...docker('FROM python:3.11-slim\nCOPY api/main.py .\nUSER 1000\n') },
      'met',
    ],
    ['of the project’s Dockerfile', { compose: built('', 'Dockerfile') }, 'api.build-elsewhere'],
    ['not built', { compose: COMPOSE.replace('  etl:\n    build: .', '  api:\n    image: python:3.11-slim') }, 'api.not-built'],
    ['of no Dockerfile', { compose: built('/api', 'Other') }, 'api.dockerfile-absent'],
    ['of a Dockerfile without FROM', docker('COPY main.py .\n'), 'api.dockerfile'],
    ['that copies what is not there', docker('FROM python:3.11-slim\nCOPY api/main.py .\n'), 'api.copy-missing'],
    ['as root', docker('FROM python:3.11-slim\nCOPY main.py .\n'), 'met api.root'],
    ['with --reload', docker(`${START}CMD ["uvicorn", "main:app", "--reload"]\n`), 'met api.reload'],
    [
      'with --reload in the Compose file',
      { compose: built('/api', 'Dockerfile', '    command: [uvicorn, main:app, --reload]\n') },
      'met api.reload',
    ],
    ['with a password in its image', docker(`${START}ENV DATABASE_URL=postgresql://a:secret@postgres/x\n`), 'met api.secret-in-image'],
    [
      'that tells clients its errors',
      { files: { 'api/main.py': `${MAIN}raise HTTPException(status_code=500, detail=str(e))\n` } },
      'met api.leaks-error',
    ],
    ['of another name', { compose: built('/api').replace('  api:', '  backend-api:') }, 'met api.other-name'],
  ])('judges an API: %s', async (_, given, expected) => {
    const finding = await service.judge(apiView(given));
    const code = finding.verdict === 'met' ? 'met' : finding.diagnosis.code;
    expect([code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ')).toBe(expected);
  });

  it('is untouched as long as there is nothing of it', async () => {
    expect(await service.judge(viewOf(composeSubject()))).toMatchObject({ diagnosis: { code: 'api.absent' }, untouched: true });
    expect(await service.judge(viewOf(composeSubject(COMPOSE, { 'api/main.py': '' })))).toMatchObject({ untouched: false });
  });
});
