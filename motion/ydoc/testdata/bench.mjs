// Measures npm's yjs and ywasm on a recorded editing session, as peers_test.go
// does for ours. Prints {library: {row: milliseconds, or bytes}} as JSON.
// Usage: node --expose-gc bench.mjs NODE_MODULES TRACE.json.gz ROUNDS MERGED
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const [modules, file, rounds, merged] = [process.argv[2], process.argv[3], +process.argv[4], +process.argv[5]]
const require = createRequire(modules + '/')
const trace = JSON.parse(gunzipSync(readFileSync(file)))
const root = 'motion'
const client = agent => (0x9e3779b9 * (agent + 1)) % 2 ** 32 // as peers_test.go

const yjs = () => {
  const Y = require('yjs')
  return {
    open: id => {
      const d = new Y.Doc()
      d.clientID = id
      const doc = { d, text: d.getText(root) }
      d.on('update', (u, origin) => { if (origin !== 'remote') doc.update = u })
      return doc
    },
    edit: (doc, patches) => {
      doc.d.transact(() => patches.forEach(([at, erase, insert]) => {
        if (erase > 0) doc.text.delete(at, erase)
        if (insert) doc.text.insert(at, insert)
      }))
      return doc.update
    },
    reader: () => { const d = new Y.Doc(); return { d, text: d.getText(root) } },
    apply: (doc, u) => Y.applyUpdate(doc.d, u, 'remote'),
    encode: doc => Y.encodeStateAsUpdate(doc.d),
    string: doc => doc.text.toString(),
    merge: list => Y.mergeUpdates(list),
    free: doc => doc.d.destroy()
  }
}

const ywasm = () => {
  const Y = require('ywasm')
  return {
    open: id => { const d = new Y.YDoc({ clientID: id }); return { d, text: d.getText(root) } },
    edit: (doc, patches) => {
      const t = doc.d.beginTransaction(null)
      for (const [at, erase, insert] of patches) {
        if (erase > 0) doc.text.delete(at, erase, t)
        if (insert) doc.text.insert(at, insert, undefined, t)
      }
      t.commit()
      const u = t.encodeUpdate()
      t.free()
      return u
    },
    reader: () => { const d = new Y.YDoc({}); return { d, text: d.getText(root) } },
    apply: (doc, u) => Y.applyUpdate(doc.d, u, 'remote'),
    encode: doc => Y.encodeStateAsUpdate(doc.d),
    string: doc => doc.text.toString(undefined),
    free: doc => doc.d.free()
  }
}

// Each author makes his edits on what he had seen.
const replay = lib => {
  const docs = []
  const seen = []
  const updates = []
  const agent = n => trace.txns[n].agent ?? 0
  for (let n = 0; n < trace.txns.length; n++) {
    const who = agent(n)
    if (!docs[who]) { docs[who] = lib.open(client(who)); seen[who] = new Uint8Array(trace.txns.length) }
    const missing = []
    const stack = [...(trace.txns[n].parents ?? [])]
    while (stack.length) {
      const p = stack.pop()
      if (seen[who][p]) continue
      seen[who][p] = 1
      missing.push(p)
      stack.push(...(trace.txns[p].parents ?? []))
    }
    missing.sort((a, b) => a - b).forEach(p => lib.apply(docs[who], updates[p]))
    seen[who][n] = 1
    updates.push(lib.edit(docs[who], trace.txns[n].patches))
  }
  docs.forEach(lib.free)
  return updates
}

// The best of some rounds after one to warm up.
const best = (work, again = rounds) => {
  let least = Infinity
  for (let i = 0; i <= again; i++) {
    global.gc()
    const start = performance.now()
    work()
    if (i > 0 || again === 0) least = Math.min(least, performance.now() - start)
  }
  return least
}

const memory = () => { global.gc(); global.gc(); const m = process.memoryUsage(); return m.heapUsed + m.external }

const measure = (name, lib) => {
  const said = {}
  const updates = replay(lib)
  const all = lib.reader()
  updates.forEach(u => lib.apply(all, u))
  const state = lib.encode(all)
  const text = lib.string(all)
  said.length = text.length
  said.size = state.length
  said.replay = best(() => replay(lib))
  said.apply = best(() => { const d = lib.reader(); updates.forEach(u => lib.apply(d, u)); lib.free(d) })
  said.load = best(() => { const d = lib.reader(); lib.apply(d, state); if (lib.string(d) !== text) throw new Error('loads otherwise'); lib.free(d) }, 4 * rounds)
  said.encode = best(() => lib.encode(all), 4 * rounds)
  if (lib.merge) {
    const first = updates.slice(0, merged)
    said.merge = best(() => lib.merge(first), 1)
  }
  const kept = []
  const before = memory()
  for (let i = 0; i < 10; i++) { const d = lib.reader(); lib.apply(d, state); kept.push(d) }
  said.memory = (memory() - before) / kept.length
  return said
}

const said = {}
for (const [name, make] of Object.entries({ yjs, ywasm })) {
  try { require.resolve(name) } catch { continue }
  said[name] = measure(name, make())
}
console.log(JSON.stringify(said))
