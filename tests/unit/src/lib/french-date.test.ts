import { expect, test } from 'vitest';
import { day, hour, moment } from '../../../../src/lib/french-date.ts';

const NOW = new Date(2026, 10, 26, 0, 5);

test('hours as French writes them', () => {
  expect(hour(new Date(2026, 0, 1, 16, 42))).toBe('16\u00a0h\u00a042');
  expect(hour(new Date(2026, 0, 1, 9, 0))).toBe('9\u00a0h');
  expect(hour(new Date(2026, 0, 1, 0, 5))).toBe('0\u00a0h\u00a005');
});

test('days, the first of a month and another year', () => {
  expect(day(new Date(2026, 10, 25), NOW)).toBe('25\u00a0nov.');
  expect(day(new Date(2026, 4, 1), NOW)).toBe('1er\u00a0mai');
  expect(day(new Date(2025, 11, 31), NOW)).toBe('31\u00a0déc.\u00a02025');
});

test('today and yesterday are calendar days, also after midnight and across a change to summer time', () => {
  expect(moment(new Date(2026, 10, 26, 0, 1), NOW)).toMatch(/^aujourd’hui à/);
  expect(moment(new Date(2026, 10, 25, 23, 59), NOW)).toMatch(/^hier à/);
  expect(moment(new Date(2026, 10, 24, 23, 59), NOW)).toMatch(/^le 24\u00a0nov\. à/);
  expect(moment(new Date(2026, 9, 24, 12), new Date(2026, 9, 25, 12))).toMatch(/^hier/);
});
