import { describe, expect, it } from 'vitest';
import { composeProblems } from '../../../../server/diagnostics/compose-problems.ts';

const FILE = `version: "3"
services:
  db:
    image: postgres:15
    environment:
      POSTGRES_PASSWORD: \${PASSWORD}
  web:
    image: x
    prots:
      - "80:99999"
    env_file: [absent.env]
    healthcheck:
      interval: 5x
    depends_on: [database]
`;

const placed = (output: string, failed = true): [number, string, string][] =>
  composeProblems({ text: FILE, output, failed }).map(({ line, severity, message }) => [line, severity, message]);

describe('messages of Docker Compose 2.26 about a file', () => {
  it.each([
    ['validating /home/dataeng/p/docker-compose.yml: services.web Additional property prots is not allowed', 9],
    ["decoding failed due to the following error(s):\n\nerror decoding 'services[web].healthcheck.interval': time: unknown unit", 13],
    ['service "web" depends on undefined service "database": invalid compose project', 14],
    ['env file /home/dataeng/p/absent.env not found: stat /home/dataeng/p/absent.env: no such file or directory', 11],
    ['yaml: unmarshal errors:\n  line 8: mapping key "image" already defined at line 4', 8],
    ['Invalid containerPort: 99999', 10],
    ['empty compose file', 1],
    ['error while interpolating services.db.environment.POSTGRES_PASSWORD: required variable PASSWORD is missing a value', 6],
  ])('%s', (output, line) => {
    expect(placed(`${output}\n`)).toMatchObject([[line, 'error', expect.any(String)]]);
  });

  it('reports warnings as warnings, without the folder in the lab', () => {
    const output = [
      'time="2026-01-01T00:00:00Z" level=warning msg="The \\"PASSWORD\\" variable is not set. Defaulting to a blank string."',
      'time="2026-01-01T00:00:00Z" level=warning msg="/home/dataeng/p/docker-compose.yml: the attribute `version` is obsolete"',
      '',
    ].join('\n');
    expect(placed(output, false)).toEqual([
      [6, 'warning', 'The "PASSWORD" variable is not set. Defaulting to a blank string.'],
      [1, 'warning', 'docker-compose.yml: the attribute `version` is obsolete'],
    ]);
  });

  it('finds the line of a YAML error, where Go’s reader only reports where it noticed it', () => {
    const text = 'services:\n  web:\n  image: x\n\tfoo: bar\n';
    const output = 'yaml: line 3: found a tab character that violates indentation\n';
    expect(composeProblems({ text, output, failed: true })).toMatchObject([{ line: 4, severity: 'error' }]);
  });

  it('limits what a lab may forge', () => {
    const [problem] = composeProblems({ text: '', output: `line 999999: ${'x'.repeat(9000)}`, failed: true });
    expect(problem).toMatchObject({ line: 1 });
    expect(problem?.message).toHaveLength(600);
  });
});
