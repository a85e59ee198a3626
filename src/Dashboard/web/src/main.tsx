import { render } from 'preact';
import { App } from './shell/App';
import { startRouting } from './state/route';
import { store } from './state/store';
import { startTheme } from './state/theme';
import './style/tokens.css';
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/table.css';
import './style/pages.css';

startTheme();
startRouting();
store.start();
render(<App />, document.getElementById('app') as HTMLElement);
