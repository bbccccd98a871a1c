/** « 1,5 Gio ». */
export function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1).replace('.', ',')} Gio`;
}
