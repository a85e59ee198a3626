import { useEffect, useState } from 'preact/hooks';
import { Channel } from '../pages/Channel';
import { Channels } from '../pages/Channels';
import { Findings } from '../pages/Findings';
import { Fleet } from '../pages/Fleet';
import { Latency } from '../pages/Latency';
import { Objects } from '../pages/Objects';
import { Overview } from '../pages/Overview';
import { Process } from '../pages/Process';
import { Processes } from '../pages/Processes';
import { Topology } from '../pages/topology/Topology';
import { Empty } from '../parts/States';
import { href, useRoute, type Route } from '../state/route';
import { useStore } from '../state/store';
import { Help } from './Help';
import { useKeys } from './keys';
import { Nav } from './Nav';
import { Notices } from './Notices';
import { PAGES } from './pages';
import { TopBar } from './TopBar';

export function App() {
  const route = useRoute();
  const { problem, ready } = useStore();
  const [help, setHelp] = useState(false);
  useKeys(() => setHelp(true));
  const title = PAGES.find(page => page.id === route.page)?.title ?? 'Not found';
  useEffect(() => { document.title = `${title}${route.id ? ` · ${route.id}` : ''} · ipcscope`; }, [title, route.id]);
  return <div class="shell">
    <a class="skip" href="#content" onClick={event => { event.preventDefault(); document.querySelector<HTMLElement>('main')?.focus(); }}>Skip to content</a>
    <Nav page={route.page} onHelp={() => setHelp(true)} />
    <div class="side">
      <TopBar title={title} route={route} />
      <main id="content" tabIndex={-1}><Notices />{problem && !ready ? <Empty title="The filter cannot be read">Mend it above, or remove it.</Empty> : <Page route={route} />}</main>
    </div>
    {help ? <Help onClose={() => setHelp(false)} /> : null}
  </div>;
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'overview': return <Overview />;
    case 'topology': return <Topology />;
    case 'latency': return <Latency />;
    case 'channels': return route.id ? <Channel key={route.id} id={route.id} /> : <Channels />;
    case 'processes': return route.id ? <Process key={route.id} id={route.id} /> : <Processes />;
    case 'objects': return <Objects />;
    case 'findings': return <Findings id={route.id} />;
    case 'fleet': return <Fleet id={route.id} />;
    default: return <Empty title="There is no such page"><a href={href('/')}>Go to the overview</a></Empty>;
  }
}
