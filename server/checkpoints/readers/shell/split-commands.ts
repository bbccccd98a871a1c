/** Splits at the operators that stand outside of quotes. */
export function splitOutsideQuotes(text: string, operators: readonly string[]): string[] {
  const parts: string[] = [];
  let part = '';
  let quote: string | null = null;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const operator = quote ? undefined : operators.find((candidate) => text.startsWith(candidate, i));
    if (operator) {
      parts.push(part);
      part = '';
      i += operator.length - 1;
      continue;
    }
    if (char === '\\' && quote !== "'") {
      part += char + text.charAt(i + 1);
      i += 1;
      continue;
    }
    if (quote === char) quote = null;
    else if (!quote && (char === '"' || char === "'")) quote = char;
    part += char;
  }
  return [...parts, part].map((piece) => piece.trim());
}
