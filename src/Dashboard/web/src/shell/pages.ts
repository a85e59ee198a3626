/** The pages in the order of the navigation; `key` follows g. */
export const PAGES = [
  { id: 'overview', path: '/', title: 'Overview', key: 'o' },
  { id: 'topology', path: '/topology', title: 'Topology', key: 't' },
  { id: 'latency', path: '/latency', title: 'Latency', key: 'l' },
  { id: 'channels', path: '/channels', title: 'Channels', key: 'c' },
  { id: 'processes', path: '/processes', title: 'Processes', key: 'p' },
  { id: 'objects', path: '/objects', title: 'Objects', key: 'b' },
  { id: 'findings', path: '/findings', title: 'Findings', key: 'f' },
  { id: 'fleet', path: '/fleet', title: 'Fleet', key: 'a' },
] as const;
