// Written into each page, so that it runs before the first paint and needs no request of its own.
(() => {
  // Applies the remembered theme, layout and sizes: the page never flashes.
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const { theme, layout, lesson } = JSON.parse(localStorage.getItem('escale') ?? '{}');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (layout === 'lesson' || layout === 'lab') root.dataset.layout = layout;
    if (typeof lesson === 'number' && lesson >= 20 && lesson <= 80) root.style.setProperty('--lesson', `${lesson}%`);
  } catch {
    root.dataset.memory = 'none';
  }

  // A browser drops its requests when the network of the machine changes, as it does whenever a container starts. A script or a style
  // that was lost is requested again, some seconds long.
  const retry = ({ target }) => {
    const isScript = target instanceof HTMLScriptElement;
    if (!isScript && !(target instanceof HTMLLinkElement && target.rel === 'stylesheet')) return;
    const tries = Number(target.dataset.tries ?? 0);
    if (tries === 6) return;
    // A copy by cloneNode would be a script that has run already.
    const again = document.createElement(target.localName);
    for (const { name, value } of target.attributes) again.setAttribute(name, value);
    again.dataset.tries = tries + 1;
    setTimeout(() => target.replaceWith(again), 150 * 2 ** tries);
  };
  addEventListener('error', retry, true);
})();
