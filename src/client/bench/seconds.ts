/** A duration as a step shows it: « 0,4 s », « 12 s », « 2 min 05 ». */
export function seconds(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1).replace('.', ',')}\u00a0s`;
  const whole = Math.round(ms / 1000);
  if (whole < 60) return `${whole}\u00a0s`;
  return `${Math.floor(whole / 60)}\u00a0min\u00a0${String(whole % 60).padStart(2, '0')}`;
}

/** A size: « 412 Mo », « 5,9 Go ». */
export function bytes(count: number): string {
  const mega = count / 2 ** 20;
  if (mega < 1000) return `${Math.round(mega)}\u00a0Mo`;
  const giga = mega / 1024;
  return `${giga >= 9.95 || Number.isInteger(giga) ? Math.round(giga) : giga.toFixed(1).replace('.', ',')}\u00a0Go`;
}
