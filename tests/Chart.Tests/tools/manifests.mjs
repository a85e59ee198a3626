// Reads a list of Kubernetes objects, as JSON, and says which do not keep to the schemas of their kinds.
import { readFileSync } from 'node:fs'

const packages = (group) => group === 'monitoring.coreos.com' ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models'
const cache = new Map()

async function kindOf (object) {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion]
  const path = [packages(group), group, version, object.kind].filter((part) => part !== '').join('/')
  if (!cache.has(path)) cache.set(path, (await import(path))[object.kind])
  return cache.get(path)
}

let faults = 0
for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
  const Kind = await kindOf(object)
  try {
    new Kind(object).validate()
  } catch (fault) {
    faults++
    console.log(`${object.kind} ${object.metadata.name}: ${fault.message}`)
  }
}
process.exit(faults === 0 ? 0 : 1)
