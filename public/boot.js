// Runs before the first paint, so that the page never flashes: applies the remembered theme, layout and sizes.
(() => {
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
})();
