/**
 * xterm writes `<style>` elements, which a policy of `style-src 'self'` refuses. It is given this document instead, whose style
 * elements become adopted style sheets: the policy allows those.
 */
export function strictDocument(real: Document): Document {
  return new Proxy(real, {
    get(target, key) {
      if (key === 'createElement') return (tag: string, options?: ElementCreationOptions) => createElement(target, tag, options);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Runs `open` while even code that uses the global document gets the strict one; xterm's scroll bar does. */
export function withStrictElements<T>(real: Document, open: () => T): T {
  Object.defineProperty(real, 'createElement', {
    configurable: true,
    value: (tag: string, options?: ElementCreationOptions) => createElement(real, tag, options),
  });
  try {
    return open();
  } finally {
    Reflect.deleteProperty(real, 'createElement');
  }
}

/** xterm's DOM renderer colours its spans by `style` attributes, refused as well: from now on those of any span go through the object model. */
export function useStrictSpans(): void {
  HTMLSpanElement.prototype.setAttribute = function setAttribute(name: string, value: string): void {
    if (name === 'style') this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}

function createElement(real: Document, tag: string, options: ElementCreationOptions | undefined): HTMLElement {
  return tag === 'style' ? styleSheetElement(real) : Document.prototype.createElement.call(real, tag, options);
}

/** Looks like a style element to who writes its text; the rules go to a style sheet that lives as long as it is in the page. */
function styleSheetElement(real: Document): HTMLElement {
  const stand = Document.prototype.createElement.call(real, 'template');
  const sheet = new CSSStyleSheet();
  real.adoptedStyleSheets.push(sheet);
  const write = (css: string): void => {
    sheet.replaceSync(css);
  };
  Object.defineProperty(stand, 'textContent', { get: () => '', set: write });
  Object.defineProperty(stand, 'remove', {
    value: () => {
      real.adoptedStyleSheets = real.adoptedStyleSheets.filter((each) => each !== sheet);
      Element.prototype.remove.call(stand);
    },
  });
  return stand;
}
