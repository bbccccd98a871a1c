/** « 2,1 s ». */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1).replace('.', ',')} s`;
}

/** « 1,5 Gio ». */
export function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1).replace('.', ',')} Gio`;
}

/** « 12,5 Mio ». */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1).replace('.', ',')} Mio`;
}
