import { useStore } from '../state/store';
import { href } from '../state/route';
import { setTheme, theme, useThemeVersion, type Theme } from '../state/theme';
import { Icon } from '../parts/Icon';
import { PAGES } from './pages';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

export function Nav({ page, onHelp }: { page: string; onHelp(): void }) {
  const { model } = useStore();
  useThemeVersion();
  const serious = [...model.findings.values()].filter(finding => finding.severity !== 'info').length;
  return <nav class="nav" aria-label="Pages">
    <a class="brand" href={href('/')}><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" /><path d="M9.5 16h13" /><circle cx="9" cy="16" r="4" /><circle class="open" cx="23" cy="16" r="3" /></svg><span>ipcscope</span></a>
    <ul>{PAGES.map(({ id, path, title }) => <li key={id}>
      <a href={href(path)} aria-current={page === id ? 'page' : undefined} title={title}><Icon name={id} /><span class="nav-text">{title}</span>
        {id === 'findings' && serious > 0 ? <span class="badge" aria-label={`${serious} to look at`}>{serious}</span> : null}</a></li>)}</ul>
    <span class="grow" />
    <button type="button" class="nav-button" onClick={() => setTheme(NEXT[theme()])} title="Light, dark, or as the system says"><Icon name="theme" /><span class="nav-text">{{ system: 'System theme', light: 'Light theme', dark: 'Dark theme' }[theme()]}</span></button>
    <button type="button" class="nav-button" onClick={onHelp} title="Keys and words (?)"><Icon name="help" /><span class="nav-text">Help</span></button>
  </nav>;
}
