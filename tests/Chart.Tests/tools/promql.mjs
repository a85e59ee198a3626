// What a PromQL expression is made of, by the grammar that Prometheus' own page uses.
import { parser } from '@prometheus-io/lezer-promql'

/** Grafana's variables, as something that parses. Those in quotes are text already. */
export const plain = (expr) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$__range', '1h').replaceAll('$__interval', '1m')

/** Where it is no PromQL: positions. */
export function faults (expr) {
  const found = []
  parser.parse(plain(expr)).iterate({ enter: (node) => { if (node.type.isError) found.push(node.from) } })
  return found
}

/** Its selectors: name, matchers as they are written, the function that takes them and the range, if there are. */
export function selectors (expr) {
  const text = plain(expr)
  const found = []
  parser.parse(text).iterate({
    enter: (ref) => {
      if (ref.name !== 'VectorSelector') return
      const node = ref.node
      const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : null
      const name = node.getChild('Identifier')
      let call = (matrix ?? node).parent
      while (call && call.name !== 'FunctionCall' && ['FunctionCallBody', 'FunctionCallArgs'].includes(call.name)) call = call.parent
      found.push({
        name: name ? text.slice(name.from, name.to) : '',
        matchers: text.slice(node.from, node.to).match(/[a-zA-Z_]+\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g) ?? [],
        ranged: matrix !== null,
        function: call?.name === 'FunctionCall' ? text.slice(call.firstChild.from, call.firstChild.to) : ''
      })
    }
  })
  return found
}
