const PATHS: Record<string, string> = {
  overview: 'M2.5 13.5V8.5M6.2 13.5V3.5M9.8 13.5V6.5M13.5 13.5V2.5',
  topology: 'M4.5 5 11 3.6M4.3 6.3 11 12M4.5 5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0M14 3.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0M14 12.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0',
  latency: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0',
  channels: 'M2 5.5h9.5M9 3l2.5 2.5L9 8M14 10.5H4.5M7 8l-2.5 2.5L7 13',
  processes: 'M4.5 4.5h7v7h-7zM6.5 4.5v-2.5M9.5 4.5v-2.5M6.5 14v-2.5M9.5 14v-2.5M4.5 6.5H2M4.5 9.5H2M14 6.5h-2.5M14 9.5h-2.5',
  objects: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5zM2.7 5.1 8 8.2l5.3-3.1M8 8.2v5.8',
  findings: 'M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v0.1',
  fleet: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h0.1M5 11h0.1',
  pause: 'M5.5 3.5v9M10.5 3.5v9', play: 'M5 3.2v9.6L12.5 8z', filter: 'M2 3.5h12M4.5 8h7M7 12.5h2',
  theme: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12', close: 'M4 4l8 8M12 4l-8 8', help: 'M6 6a2 2 0 1 1 2.8 1.8C8.2 8.1 8 8.5 8 9.3M8 11.8v0.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0',
  export: 'M8 2v8M5 7l3 3 3-3M2.5 13.5h11', table: 'M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13', chart: 'M2 13.5h12M3 10.5l3-4 3 2 4-5.5', back: 'M10 3.5 5.5 8l4.5 4.5', menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11', check: 'M3 8.5l3.5 3.5L13 4.5',
};

/** A line drawing of 16 units; always beside a text or a label. */
export function Icon({ name }: { name: string }) {
  return <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={PATHS[name] ?? ''} /></svg>;
}
