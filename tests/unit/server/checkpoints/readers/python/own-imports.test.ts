import { expect, it } from 'vitest';
import { ownImports } from '../../../../../../server/checkpoints/readers/python/own-imports.ts';

const FILES = ['src/__init__.py', 'src/extract.py', 'src/load.py', 'src/tools/__init__.py', 'src/tools/dates.py', 'settings.py'];

const imported = (program: string, others: Record<string, string> = {}) => {
  const files = [{ path: 'etl_pipeline.py', text: program }, ...FILES.map((path) => ({ path, text: others[path] ?? '' }))];
  return ownImports('etl_pipeline.py', files).map(({ file }) => file);
};

it.each([
  ['from src.extract import extract\n', ['src/extract.py']],
  ['import src.load as loading, settings\n', ['src/load.py', 'settings.py']],
  ['from src import extract, load\n', ['src/extract.py', 'src/load.py', 'src/__init__.py']],
  ['def main():\n    from src.tools.dates import now\n', ['src/tools/dates.py']],
  ['import json\nfrom pandas import DataFrame\n# from src.load import load\n', []],
])('reads %j', (program, files) => {
  expect(imported(program)).toEqual(files);
});

it('follows imports, relative ones too, and stops where it has been', () => {
  const others = {
    'src/load.py': 'from .tools import dates\nfrom src.load import load\n',
    'src/tools/dates.py': 'from ..extract import extract\nfrom . import dates\n',
  };
  expect(imported('from src.load import load\n', others).sort()).toEqual(
    ['src/extract.py', 'src/load.py', 'src/tools/__init__.py', 'src/tools/dates.py'].sort(),
  );
});
