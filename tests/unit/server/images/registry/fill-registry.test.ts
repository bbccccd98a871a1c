import { expect, it } from 'vitest';
import { registryTag } from '../../../../../server/images/registry/fill-registry.ts';

it.each([
  ['python:3.11-slim', 'library/python', '3.11-slim'],
  ['apache/airflow:2.7.3-python3.11', 'apache/airflow', '2.7.3-python3.11'],
])('an engine requests %s from a mirror as %s', (name, repository, tag) => {
  expect(registryTag(name)).toEqual({ repository, tag });
});
