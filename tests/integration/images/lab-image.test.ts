import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHostSettings } from '../../../server/images/host/host-settings.ts';
import { labImage, sh, startTestLab, type TestLab } from '../labs/test-lab.ts';
import { runInImage } from './run-in-image.ts';
import { docker, longEnough, quiet, scratchInstance } from './scratch-instance.ts';

const scratch = scratchInstance();
let lab: TestLab;

beforeAll(async () => {
  const [registry, { extraCa, proxy }] = await Promise.all([scratch.images.registry(quiet, longEnough()), readHostSettings()]);
  await scratch.images.courseImage('python:3.11-slim', quiet, longEnough());
  lab = await startTestLab({ registry, publicRegistry: scratch.images.publicRegistry(), extraCa, env: proxy }, scratch.instance);
});
afterAll(async () => {
  await lab?.end();
  await scratch.remove();
});

describe('lab image', () => {
  it('is found again, labelled, and of an acceptable size', async () => {
    const reference = await labImage();
    expect(reference).toMatch(/^escale\/lab:[0-9a-f]{12}$/);
    expect(await scratch.images.findLabImage()).toBe(reference);
    const { Config, Size } = await docker.getImage(reference).inspect();
    expect(Config.Labels['escale.image']).toBe('lab');
    expect(Config.Entrypoint).toEqual(['/opt/escale/gate/gate']);
    expect(Size).toBeLessThan(900e6);
  });

  it('has the lab’s files with shifted owners, kept set-uid bits, and Escale’s programs owned by the gate', async () => {
    const said = await runInImage(
      await labImage(),
      `stat -c '%u:%g %a %n' /lab-root /lab-root/usr/bin/sudo /lab-root/home/dataeng/.bashrc /opt/escale/bin/node /opt/escale/agent/agent.js
       find /lab-root -xdev \\( -uid -100000 -o -gid -100000 \\) | head`,
    );
    expect(said.split('\n')).toEqual([
      '100000:100000 755 /lab-root',
      '100000:100000 4755 /lab-root/usr/bin/sudo',
      '101000:101000 644 /lab-root/home/dataeng/.bashrc',
      '0:0 755 /opt/escale/bin/node',
      '0:0 644 /opt/escale/agent/agent.js',
    ]);
  });
});

describe('lab', () => {
  it('has the tools of the course', async () => {
    await sh(
      lab,
      `set -e; for tool in docker docker-compose git curl psql redis-cli jq vim nano less python3 hadolint ping ps ip file unzip; do command -v $tool >/dev/null || { echo no $tool; exit 1; }; done
       docker compose version; docker-compose version; docker buildx version; hadolint --version; python3 -m venv --without-pip /tmp/v`,
    );
    expect(await sh(lab, 'printf "FROM python\\n" | hadolint --no-color - || true')).toContain('DL3006');
  });

  it('is the learner’s machine: a user in the group docker, sudo, packages, ping', async () => {
    expect(await sh(lab, 'id -un; id -u; id -Gn')).toBe('dataeng\n1000\ndataeng docker');
    expect(await sh(lab, 'sudo id -un')).toBe('root');
    const installed =
      'sudo apt-get update 2>&1 | grep -i warn; sudo apt-get install -qy --no-install-recommends tree >/dev/null 2>&1; tree --version';
    expect(await sh(lab, installed)).toMatch(/^tree v/);
    expect(await sh(lab, 'ping -c 1 -w 5 10.213.0.1')).toContain('1 received');
  });

  it('has a prompt that shows the folder and marks when the shell waits and when it works', async () => {
    const session = `cd ~/docker-etl-project; printf 'echo said\\nexit\\n' | python3 -c 'import pty; pty.spawn(["bash", "-il"])'`;
    const screen = await sh(lab, session);
    expect(screen).toContain('\x1b]133;A\x07\x1b[1;32mdataeng@escale\x1b[0m \x1b[1;34m~/docker-etl-project\x1b[0m $ ');
    expect(screen).toContain('\x1b]133;C\x07said');
  });

  it.each([
    ['docker ""', ['compose', 'images', 'run']],
    ['docker compose u', ['up', 'unpause']],
    ['docker-compose u', ['up', 'unpause']],
  ])('completes « %s »', async (words, expected) => {
    const script = `. /usr/share/bash-completion/bash_completion
      set -- ${words}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}; COMP_TYPE=9
      how=$(complete -p "$1"); how=\${how#*-F }; \${how%% *} 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect((await sh(lab, script)).split('\n').map((one) => one.trim())).toEqual(expect.arrayContaining(expected));
  });

  it('builds from a course image that was not pulled yet, with packages from PyPI', async () => {
    const said = await sh(
      lab,
      `set -e; mkdir -p /tmp/b; cd /tmp/b; printf 'FROM python:3.11-slim\\nRUN pip install --no-cache-dir --root-user-action=ignore idna==3.7\\n' >Dockerfile
       docker build -q -t built . >/dev/null; docker run --rm built python -c 'import idna; print(idna.__version__)'`,
    );
    expect(said).toBe('3.7');
  });

  it.each([
    ['pull', 'docker pull python:2.7-none'],
    ['build', "printf 'FROM python:2.7-none\\n' | docker build -"],
  ])('fails to %s a missing tag, and names the reason', async (_, command) => {
    await expect(sh(lab, command)).rejects.toThrow(/not found|no such host|manifest unknown/);
  });

  it('cannot write to the registry', async () => {
    const post = 'curl -s -o /dev/null -w "%{http_code}" -X POST http://10.213.0.1:5000/v2/library/python/blobs/uploads/';
    expect(await sh(lab, post)).toBe('405');
  });
});
