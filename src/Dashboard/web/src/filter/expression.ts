// The filter as a list of conditions joined by `and`: what chips show. The server reads the language itself; here it is only cut and joined.

interface Token { text: string; start: number; end: number }

function tokens(text: string): Token[] {
  const found: Token[] = [];
  const pattern = /"(?:[^"]|"")*"?|'(?:[^']|'')*'?|[()]|[^\s()"']+/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) found.push({ text: match[0], start: match.index, end: pattern.lastIndex });
  return found;
}

/** The conditions of a filter; a filter with `or` at the top is one condition. */
export function conditions(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const token of tokens(text)) {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    else if (depth === 0 && token.text === 'or') return text.trim() ? [text.trim()] : [];
    else if (depth === 0 && token.text === 'and') { parts.push(text.slice(start, token.start)); start = token.end; }
  }
  parts.push(text.slice(start));
  return parts.map(part => part.trim()).filter(Boolean);
}

export const joined = (parts: readonly string[]): string => parts.length < 2 ? parts.join('') : parts.map(bracketed).join(' and ');

function bracketed(part: string): string {
  const alternatives = conditions(part).length === 1 && tokens(part).some((token, index, all) => token.text === 'or' && depthAt(all, index) === 0);
  return alternatives ? `(${part})` : part;
}

const depthAt = (all: readonly Token[], index: number): number =>
  all.slice(0, index).reduce((depth, { text }) => depth + (text === '(' ? 1 : text === ')' ? -1 : 0), 0);

/** A condition `field = value`, quoted where the language wants it. */
export function equals(field: string, value: string | number): string {
  const text = String(value);
  const plain = text !== '' && !/[\s(),"'=!~<>]/.test(text) && !['and', 'or', 'not', 'in'].includes(text);
  return `${field} = ${plain ? text : `"${text.replaceAll('"', '""')}"`}`;
}

/** The filter with one condition more, once. */
export function and(filter: string, condition: string): string {
  const parts = conditions(filter);
  return parts.includes(condition) ? filter : joined([...parts, condition]);
}
