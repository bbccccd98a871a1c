/** A colour as linear light: red, green, blue from 0 to 1. */
type Light = readonly [number, number, number];

/** The WCAG contrast of two colours, from 1 to 21. */
export function contrast(one: Light, other: Light): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Light): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `rgb(1, 2, 3)`. */
export function lightOfRgb(colour: string): Light {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => linear(Number(part) / 255));
  return [red, green, blue];
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** Lightness, chroma and hue of OKLCH. What lies outside of sRGB is cut off. */
function lightOfOklch(lightness: number, chroma: number, hue: number): Light {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    inside(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    inside(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    inside(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The colours of `tokens.css` in one theme, by their names. */
export function readTokens(css: string, theme: 'light' | 'dark'): (token: string) => Light {
  const declared = new Map<string, string>();
  // The first declaration counts: later ones are for print and for more contrast.
  for (const [, name = '', value = ''] of css.matchAll(/^ {2}(--[\w-]+):\s*([^;]+);/gm))
    if (!declared.has(name)) declared.set(name, value.trim());
  const resolve = (value: string): Light => {
    const [, variable] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
    if (variable !== undefined) return token(variable);
    const [, light, dark] = /^light-dark\(((?:[^(),]|\([^()]*\))+),\s*((?:[^(),]|\([^()]*\))+)\)$/.exec(value) ?? [];
    if (light !== undefined && dark !== undefined) return resolve((theme === 'light' ? light : dark).trim());
    const [, lightness, chroma, hue] = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value) ?? [];
    if (lightness === undefined) throw new Error(`not a colour: ${value}`);
    return lightOfOklch(Number(lightness), Number(chroma), Number(hue));
  };
  const token = (name: string): Light => {
    const value = declared.get(name);
    if (value === undefined) throw new Error(`no token ${name}`);
    return resolve(value);
  };
  return token;
}
