import type { Channel } from '../../api/types';
import type { Model } from '../../state/model';

const SHOWN = 8;

/** The channels whose rate differs most from what it usually was in the last minute; without a past, the busiest. */
export function movers(channels: readonly Channel[], model: Model): Channel[] {
  const score = (channel: Channel): number => {
    const usual = model.ring(channel.id)?.usual() ?? Number.NaN;
    return Number.isNaN(usual) ? channel.operations_per_second * 1e-3 : Math.abs(channel.operations_per_second - usual);
  };
  const scored = channels.filter(channel => channel.operations_per_second > 0 || (channel.endpoints?.length && model.ring(channel.id))).map(channel => ({ channel, score: score(channel) }));
  scored.sort((a, b) => b.score - a.score || b.channel.operations_per_second - a.channel.operations_per_second);
  return scored.slice(0, SHOWN).map(({ channel }) => channel);
}
