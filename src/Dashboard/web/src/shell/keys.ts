import { useLayoutEffect } from 'preact/hooks';
import { change, go, href, route } from '../state/route';
import { store } from '../state/store';
import { PAGES } from './pages';

/** Keys that work everywhere: / filters, ? helps, g and a letter goes, . pauses, Esc goes back up. */
export function useKeys(help: () => void): void {
  useLayoutEffect(() => {
    let chord = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest('input, select, textarea, dialog')) return;
      const now = Date.now();
      const page = now - chord < 1_500 ? PAGES.find(({ key }) => key === event.key) : undefined;
      chord = event.key === 'g' ? now : 0;
      if (page) go(href(page.path));
      else if (event.key === '/') document.getElementById('filter')?.focus();
      else if (event.key === '?') help();
      else if (event.key === '.') store.pause(!store.paused);
      else if (event.key === 'Escape') up();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** From a selection to none, from a detail to its list. */
function up(): void {
  const { page, id, query } = route();
  if (query.has('selected')) change({ selected: '' });
  else if (query.has('brush')) change({ brush: '' });
  else if (id) go(href(`/${page}`));
}
