/**
 * What every run of tests says of those that failed, were repeated once and then passed: a defect to mend, so it is said when there is none too.
 * @param {readonly string[]} names
 */
export function flakyLines(names) {
  return [`flaky: ${names.length}`, ...names.map((name) => `  ${name}`)].join('\n');
}
