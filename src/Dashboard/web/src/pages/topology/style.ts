import type cytoscape from 'cytoscape';
import { family, type Family } from '../../parts/Mark';
import { colour } from '../../state/theme';

const KINDS: Record<string, string> = { process: 'ellipse', kernel: 'octagon', remote: 'diamond', channel: 'round-rectangle' };

export const shapeOf = (kind: string): string => KINDS[kind] ?? 'round-rectangle';

/** Colour says waiting, width the rate, dashes that an edge is a hint, the arrow which way the data goes. */
export const toneOf = (wait: number): string => wait >= 0.5 ? 'hot' : wait >= 0.1 ? 'warm' : 'calm';

/** Of names, units of the map. */
export const FONT = 11;

/** `font`, in units of the map, is that of the names which are read from afar. */
export function mapStyle(many: boolean, font: number): cytoscape.StylesheetJson {
  const [text, surface, line, soft, accent, warm, hot] = ['--text', '--surface', '--line-strong', '--text-soft', '--accent', '--warning', '--critical'].map(colour) as [string, string, string, string, string, string, string];
  const families: Family[] = ['pipe', 'unix', 'net', 'queue', 'memory', 'lock', 'signal', 'other'];
  return [
    { selector: 'node', style: { label: 'data(label)', color: text, 'font-size': FONT, 'font-family': 'system-ui, sans-serif', 'text-valign': 'bottom', 'text-margin-y': 4, 'text-max-width': `${FONT * 13}px`, 'text-wrap': 'ellipsis', 'min-zoomed-font-size': 8,
      'text-background-color': surface, 'text-background-opacity': 0.8, 'text-background-padding': '2px',
      width: 'data(size)', height: 'data(size)', shape: 'data(shape)' as never, 'background-color': surface, 'border-width': 2, 'border-color': soft } },
    { selector: 'node.named, node:selected', style: { 'font-size': font, 'text-max-width': `${font * 13}px`, 'z-index': 1 } },
    { selector: 'node[tone = "warm"]', style: { 'border-color': warm, 'border-width': 4 } },
    { selector: 'node[tone = "hot"]', style: { 'border-color': hot, 'border-width': 5, 'border-style': 'double' } },
    { selector: ':parent', style: { shape: 'round-rectangle', 'background-color': line, 'background-opacity': 0.12, 'border-width': 1, 'border-color': line, label: 'data(label)', 'font-size': font, 'text-valign': 'top', 'text-margin-y': -2, color: soft, padding: '14px' } },
    { selector: 'edge', style: { 'curve-style': many ? 'haystack' : 'bezier', width: 'data(width)', 'line-color': line, 'target-arrow-color': line, 'target-arrow-shape': 'triangle', 'arrow-scale': 0.9, 'font-size': 10, color: text, 'font-family': 'system-ui, sans-serif',
      'text-background-color': surface, 'text-background-opacity': 0.9, 'text-background-padding': '2px', 'min-zoomed-font-size': 9, 'text-rotation': 'autorotate' } },
    ...families.map(name => ({ selector: `edge[family = "${name}"]`, style: { 'line-color': colour(`--family-${name}`), 'target-arrow-color': colour(`--family-${name}`), 'line-opacity': 0.7 } })),
    { selector: 'edge[tone = "warm"]', style: { 'line-color': warm, 'target-arrow-color': warm, 'line-opacity': 1 } },
    { selector: 'edge[tone = "hot"]', style: { 'line-color': hot, 'target-arrow-color': hot, 'line-opacity': 1 } },
    { selector: 'edge[certainty = "hint"]', style: { 'line-style': 'dashed' } },
    { selector: 'edge.labelled', style: { label: 'data(label)' } },
    { selector: ':selected', style: { 'border-color': accent, 'border-width': 4, 'line-color': accent, 'target-arrow-color': accent } },
    { selector: '.faded', style: { opacity: 0.18 } },
  ];
}

export { family };
