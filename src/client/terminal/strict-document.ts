/**
 * xterm creates `<style>` elements, which the content security policy `style-src 'self'` refuses. It gets this document instead, in which
 * style elements become adopted style sheets, which the policy allows.
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

/**
 * Runs `open` while the global document also creates such elements, for code that does not use the document it is given, as xterm's scroll
 * bar.
 */
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

/**
 * xterm's DOM renderer sets `style` attributes on its spans, which the policy refuses too. From now on, setting `style` on any span goes
 * through the CSSOM.
 */
export function useStrictSpans(): void {
  HTMLSpanElement.prototype.setAttribute = function setAttribute(name: string, value: string): void {
    if (name === 'style') this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}

function createElement(real: Document, tag: string, options: ElementCreationOptions | undefined): HTMLElement {
  return tag === 'style' ? styleSheetElement(real) : Document.prototype.createElement.call(real, tag, options);
}

/** An element that xterm can use like a style element. Its rules go to a style sheet that is active while the element is in the page. */
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
