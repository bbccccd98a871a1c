/**
 * xterm writes `<style>` elements and `style` attributes, which a policy of `style-src 'self'` refuses. It is given this document
 * instead: a style element becomes an adopted style sheet, and a style attribute goes through the object model, which the policy allows.
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
  const create = real.createElement;
  Object.defineProperty(real, 'createElement', {
    configurable: true,
    value: (tag: string, options?: ElementCreationOptions) => createElement(real, tag, options, create),
  });
  try {
    return open();
  } finally {
    Reflect.deleteProperty(real, 'createElement');
  }
}

function createElement(
  real: Document,
  tag: string,
  options: ElementCreationOptions | undefined,
  create = Document.prototype.createElement,
): HTMLElement {
  if (tag === 'style') return styleSheetElement(real);
  const element = create.call(real, tag, options);
  element.setAttribute = function setAttribute(name: string, value: string): void {
    if (name === 'style') this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
  return element;
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
