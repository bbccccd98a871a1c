import { beforeAll, describe, expect, it } from 'vitest';
import { courseImage } from '../../../server/images/course/catalogue.ts';
import { compatibleImage } from '../../../server/images/course/compatible-images.ts';
import { runInImage } from './run-in-image.ts';
import { docker, imageContext, longEnough, quiet } from './scratch-instance.ts';

let debian = '';
let python = '';

beforeAll(async () => {
  const context = await imageContext();
  const build = async (name: string): Promise<string> => (await compatibleImage(context, courseImage(name), quiet, longEnough())).reference;
  debian = await build('debian:bookworm-slim');
  python = await build('python:3.11-slim');
});

describe('python:3.11-slim', () => {
  it('is labelled as compatible and has the entry point and the variables of the official image', async () => {
    const { Config } = await docker.getImage(python).inspect();
    expect(Config.Labels).toMatchObject({ 'escale.compatible': 'python:3.11-slim', 'escale.image': 'course' });
    expect(Config.Cmd).toEqual(['python3']);
    expect(Config.Entrypoint).toBeNull();
    const variables = new Map(Config.Env.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
    expect(variables.get('PATH')).toMatch(/^\/usr\/local\/bin:/);
    expect(variables.get('LANG')).toBe('C.UTF-8');
    expect(variables.get('PYTHON_VERSION')).toMatch(/^3\.11\.\d+$/);
  });

  it('has Python and pip where the official image has them', async () => {
    const said = await runInImage(
      python,
      `python -V; pip --version; for name in python python3 python3.11 pip pip3 wheel; do command -v $name; done
       python -c 'import sys, site, sysconfig; print(sys.prefix, site.getsitepackages(), sysconfig.get_path("purelib"))'`,
    );
    expect(said).toMatch(/^Python 3\.11\.\d+\npip 24\.0 from \/usr\/local\/lib\/python3\.11\/site-packages\/pip \(python 3\.11\)\n/);
    expect(said).toContain(
      '/usr/local/bin/python\n/usr/local/bin/python3\n/usr/local/bin/python3.11\n/usr/local/bin/pip\n/usr/local/bin/pip3\n/usr/local/bin/wheel',
    );
    expect(said).toContain("/usr/local ['/usr/local/lib/python3.11/site-packages'] /usr/local/lib/python3.11/site-packages");
  });

  it('has the standard library that an ETL uses, and every extension has its shared libraries', async () => {
    await runInImage(
      python,
      `python -c 'import bz2, ctypes, curses, decimal, distutils.core, ensurepip, hashlib, lzma, readline, sqlite3, ssl, uuid, venv, zlib, zoneinfo; zoneinfo.ZoneInfo("Europe/Paris")'
       ! ldd /usr/local/lib/python3.11/lib-dynload/*.so | grep 'not found'`,
    );
  });

  it('tells builds of C extensions where the headers are', async () => {
    const said = await runInImage(python, `ls "$(python -c 'import sysconfig; print(sysconfig.get_config_var("INCLUDEPY"))')/Python.h"`);
    expect(said).toBe('/usr/local/include/python3.11/Python.h');
  });

  it('installs packages globally, under a prefix, for one user and in a virtual environment, and finds each of them', async () => {
    const said = await runInImage(
      python,
      `export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
       where() { "$@" -c 'import idna; print(idna.__file__)'; }
       pip install -q --prefix=/install idna==3.7; ls -d /install/lib/python3.11/site-packages/idna
       pip install -q idna==3.7; where python
       python -m venv /venv; ! /venv/bin/python -c 'import idna' 2>/dev/null; /venv/bin/pip install -q idna==3.7; where /venv/bin/python
       python -m venv --without-pip --system-site-packages /both; where /both/bin/python
       pip uninstall -qy idna; useradd --create-home learner
       su learner -c 'export PATH=/usr/local/bin:$PATH; pip install -q --user idna==3.7; python -c "import idna; print(idna.__file__)"'`,
    );
    expect(said.split('\n')).toEqual([
      '/install/lib/python3.11/site-packages/idna',
      '/usr/local/lib/python3.11/site-packages/idna/__init__.py',
      '/venv/lib/python3.11/site-packages/idna/__init__.py',
      '/usr/local/lib/python3.11/site-packages/idna/__init__.py',
      '/home/learner/.local/lib/python3.11/site-packages/idna/__init__.py',
    ]);
  });

  it('installs Debian packages without leaving package files in the layer', async () => {
    const said = await runInImage(
      python,
      `apt-get update -q >/dev/null; apt-get install -qy --no-install-recommends libpq5 >/dev/null 2>&1
       dpkg-query -W -f '\${Status}\\n' libpq5; ls /var/cache/apt/archives/*.deb /var/cache/apt/*.bin 2>/dev/null || echo clean`,
    );
    expect(said).toMatch(/install ok installed\nclean$/);
  });
});

describe('debian:bookworm-slim', () => {
  it('is Debian 12, slim, without the tools that the official image lacks', async () => {
    const said = await runInImage(
      debian,
      '. /etc/os-release; echo $VERSION_CODENAME; for name in curl python3 ping ps; do command -v $name || echo no $name; done; ls /usr/share/man 2>/dev/null | wc -l',
    );
    expect(said).toBe('bookworm\nno curl\nno python3\nno ping\nno ps\n0');
    const { Config, Size } = await docker.getImage(debian).inspect();
    expect(Config.Cmd).toEqual(['bash']);
    expect(Size).toBeLessThan(110e6);
  });
});
