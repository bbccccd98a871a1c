import { expect, it } from 'vitest';
import { finalImage } from '../../../../../../server/checkpoints/readers/dockerfile/final-image.ts';
import { missingSource } from '../../../../../../server/checkpoints/readers/dockerfile/missing-source.ts';
import { parseDockerfile } from '../../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';
import { solutionSubject } from '../../fakes/solution-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

async function missing(lines: string): Promise<string | null> {
  const subject = await solutionSubject();
  const image = finalImage(parseDockerfile(`FROM python:3.11-slim\n${lines}\n`));
  const found = await missingSource(viewOf(subject), image?.instructions ?? []);
  return found && `${found.instruction.line} ${found.source}`;
}

it.each([
  ['COPY src src', null],
  ['COPY requirements.txt ./etl_pipeline.py /config/config.yaml /app/', null],
  ['COPY . .', null],
  ['COPY --from=other nowhere .', null],
  ['COPY *.none $NAME /app/', null],
  ['ADD https://example.test/x.tar.gz /app/', null],
  ['COPY <<EOF /app/x\nnowhere\nEOF', null],
  ['RUN true\nCOPY requirements.txt requirement.txt /app/', '3 requirement.txt'],
  ['COPY ["source/", "/app/"]', '2 source/'],
  ['ADD --chown=1:1 ../data.zip /app/', '2 ../data.zip'],
])('finds what a build would miss: %j', async (lines, expected) => {
  expect(await missing(lines)).toBe(expected);
});

it.each([
  ['*.txt', 'COPY requirements.txt .', '*.txt'],
  ['.git\n/src/', 'COPY ./src/ src/', '/src/'],
  ['*', 'COPY etl_pipeline.py .', '*'],
  ['config', 'ADD config/config.yaml /app/', 'config'],
])('names the line of .dockerignore that hides it: %j', async (ignore, line, rule) => {
  const subject = await solutionSubject();
  subject.files.set('.dockerignore', ignore);
  const image = finalImage(parseDockerfile(`FROM python:3.11-slim\n${line}\n`));
  expect((await missingSource(viewOf(subject), image?.instructions ?? []))?.hidden?.text).toBe(rule);
});

it.each([
  ['*.txt\n!requirements.txt', 'COPY requirements.txt .'],
  ['src/*.pyc\n**/*.py', 'COPY src/ src/'],
  ['*', 'COPY . .'],
])('lets the build see what %j leaves', async (ignore, line) => {
  const subject = await solutionSubject();
  subject.files.set('.dockerignore', ignore);
  const image = finalImage(parseDockerfile(`FROM python:3.11-slim\n${line}\n`));
  expect(await missingSource(viewOf(subject), image?.instructions ?? [])).toBeNull();
});
