// The seventeen rules of grafana/dashboard-linter (its list of June 2026), written anew: the linter itself is a Go module.
// Reads a list of { file, dashboard } and says which rule each of them breaks.
import { readFileSync } from 'node:fs'
import { faults, selectors } from './promql.mjs'

const units = new Set(['none', 'string', 'short', 'percent', 'percentunit', 'bytes', 'decbytes', 'bits', 'Bps', 'binBps', 'bps', 'pps', 's', 'ms', 'µs', 'ns', 'm', 'h', 'd',
  'ops', 'reqps', 'rps', 'wps', 'iops', 'cps', 'hertz', 'bool', 'bool_yes_no', 'bool_on_off', 'locale'])
const shown = new Set(['stat', 'singlestat', 'graph', 'table', 'timeseries', 'gauge', 'heatmap'])
const variables = (dashboard) => dashboard.templating.list
const variable = (dashboard, name) => variables(dashboard).find((one) => one.name === name)
const queries = (dashboard) => variables(dashboard).filter((one) => one.type === 'query')
const isDatasource = (uid) => uid === '$datasource' || uid === '${datasource}'

function templated (name) {
  const label = name[0].toUpperCase() + name.slice(1)
  return (dashboard) => {
    const one = variable(dashboard, name)
    if (!one) return [`no variable ${name}`]
    return [
      isDatasource(one.datasource?.uid) || 'asks another data source',
      one.type === 'query' || 'is no query',
      one.label === label || `is not labelled ${label}`,
      one.multi === true || 'takes one value only',
      one.allValue === '.+' || `allValue is ${one.allValue}`
    ].filter((fault) => fault !== true).map((fault) => `variable ${name} ${fault}`)
  }
}

const matched = (label) => (target) => selectors(target.expr).filter((one) => !one.matchers.includes(`${label}=~"$${label}"`))
  .map((one) => `${one.name} has no ${label}=~"$${label}"`)

const dashboardRules = {
  'template-datasource-rule': (dashboard) => {
    const found = variables(dashboard).filter((one) => one.type === 'datasource')
    if (found.length !== 1) return [`${found.length} variables for data sources`]
    return [
      found[0].query === 'prometheus' || 'is not for Prometheus',
      found[0].name === 'datasource' || 'is not called datasource',
      found[0].label === 'Data source' || 'is not labelled Data source'
    ].filter((fault) => fault !== true)
  },
  'template-job-rule': templated('job'),
  'template-instance-rule': templated('instance'),
  'template-label-promql-rule': (dashboard) => queries(dashboard).flatMap((one) => {
    const parts = /^([a-z_]+)\((.+)\)$/.exec(one.query)
    if (!parts || !['label_names', 'label_values', 'metrics', 'query_result'].includes(parts[1])) return [`${one.name}: ${one.query}`]
    const selector = parts[2].replace(/,\s*[a-z_]+$/, '')
    return faults(selector).length > 0 ? [`${one.name}: ${selector}`] : []
  }),
  'template-on-time-change-reload-rule': (dashboard) => queries(dashboard).filter((one) => one.refresh !== 2).map((one) => one.name),
  'uneditable-dashboard': (dashboard) => dashboard.editable === false ? [] : ['can be edited in the browser']
}

const panelRules = {
  'panel-datasource-rule': (panel) => isDatasource(panel.datasource?.uid) ? [] : ['asks another data source'],
  'panel-title-description-rule': (panel) => panel.title && panel.description ? [] : ['has no title or no description'],
  'panel-units-rule': (panel) => units.has(panel.fieldConfig?.defaults?.unit) ? [] : [`unit ${panel.fieldConfig?.defaults?.unit}`],
  'panel-no-targets-rule': (panel) => panel.targets?.length > 0 ? [] : ['asks nothing']
}

const isLoki = (target) => target.datasource?.type === 'loki'
const targetRules = {
  // No data source but Prometheus: the two rules on LogQL hold as long as that is so.
  'target-logql-rule': (target) => isLoki(target) ? ['a query to Loki'] : [],
  'target-logql-auto-rule': (target) => isLoki(target) ? ['a query to Loki'] : [],
  'target-promql-rule': (target) => faults(target.expr).map((at) => `no PromQL at ${at}`),
  'target-rate-interval-rule': (target) => /\[(?!\$__rate_interval\])/.test(target.expr) ? ['a range that is not $__rate_interval'] : [],
  'target-job-rule': matched('job'),
  'target-instance-rule': matched('instance'),
  'target-counter-agg-rule': (target) => selectors(target.expr)
    .filter((one) => one.name.endsWith('_total') && !(one.ranged && ['rate', 'irate', 'increase'].includes(one.function)))
    .map((one) => `${one.name} without rate, irate or increase`)
}

const rules = Object.keys({ ...dashboardRules, ...panelRules, ...targetRules })
let broken = 0
const say = (rule, where, faults) => {
  for (const fault of faults) {
    broken++
    console.log(`${rule}: ${where}: ${fault}`)
  }
}
for (const { file, dashboard } of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const [rule, check] of Object.entries(dashboardRules)) say(rule, file, check(dashboard))
  for (const panel of dashboard.panels.filter((one) => shown.has(one.type))) {
    for (const [rule, check] of Object.entries(panelRules)) say(rule, `${file}, ${panel.title}`, check(panel))
    for (const target of panel.targets ?? []) {
      for (const [rule, check] of Object.entries(targetRules)) say(rule, `${file}, ${panel.title}`, check(target))
    }
  }
}
console.log(`${rules.length} rules`)
process.exit(broken === 0 ? 0 : 1)
