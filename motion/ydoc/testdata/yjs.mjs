// Documents of npm's yjs, driven line by line: each line of stdin is a JSON
// array of commands, each line of stdout the array of their results.
// Usage: node yjs.mjs NODE_MODULES
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { modes as makeModes, open as openRoot, json } from './modes.mjs'

const require = createRequire(process.argv[2] + '/')
const Y = require('yjs')
const docs = new Map()
const base64 = bytes => Buffer.from(bytes).toString('base64')
const bytes = text => new Uint8Array(Buffer.from(text, 'base64'))

const open = ({ doc, client, root }) => {
  const d = new Y.Doc()
  if (client) d.clientID = client
  const own = []
  d.on('update', (update, origin, _, transaction) => { if (transaction.local) own.push(base64(update)) })
  docs.set(doc, { d, own, text: root ? d.getText(root) : null })
}

const edit = (text, op) => {
  switch (op.do) {
    case 'insert': return text.insert(op.at, op.text, op.attrs ?? undefined)
    case 'embed': return text.insertEmbed(op.at, op.embed, op.attrs ?? {})
    case 'delete': if (text.length > 0) text.delete(op.at, op.n); return
    case 'format': return text.format(op.at, op.n, op.attrs)
    case 'delta': return text.applyDelta(op.delta)
  }
}

const read = (d, text) => ({
  delta: text.toDelta(),
  text: text.toString(),
  length: text.length,
  vector: base64(Y.encodeStateVector(d)),
  state: base64(Y.encodeStateAsUpdate(d))
})

const commands = {
  open,
  close: ({ doc }) => { docs.delete(doc) },
  edit: ({ doc, ops }) => {
    const { d, text, own } = docs.get(doc)
    d.transact(() => ops.forEach(op => edit(text, op)))
    return own.splice(0)
  },
  apply: ({ doc, update }) => {
    const { d, own } = docs.get(doc)
    Y.applyUpdate(d, bytes(update))
    return own.splice(0)
  },
  read: ({ doc, root }) => { const { d } = docs.get(doc); return read(d, d.getText(root)) },
  // What a fresh document reads from updates; opened first, it also cleans.
  load: ({ updates, root, opened }) => {
    const d = new Y.Doc()
    const own = []
    d.on('update', (update, origin, _, transaction) => { if (transaction.local) own.push(base64(update)) })
    if (opened) d.getText(root)
    updates.forEach(u => Y.applyUpdate(d, bytes(u)))
    return { ...read(d, d.getText(root)), own }
  },
  vector: ({ updates }) => {
    const d = new Y.Doc()
    updates.forEach(u => Y.applyUpdate(d, bytes(u)))
    return base64(Y.encodeStateVector(d))
  },
  merge: ({ updates }) => base64(Y.mergeUpdates(updates.map(bytes)))
}

// A small random generator (mulberry32), so that a seed says everything.
const random = seed => n => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) % n
}

const anyValue = rnd => [
  null, undefined, true, false, 0, -0, -1, 63, 64, -64, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 0.5, 0.1, -1e300, NaN, Infinity,
  12345678901234567890n, -1n, '', 'é😀', [], [1, [null]], {}, { b: 1, a: undefined, 7: 'x', 0: 'y' }, new Uint8Array([0, 255])
][rnd(28)]

const sharedType = rnd => [
  () => new Y.Array(), () => new Y.Map(), () => new Y.Text('é😀'), () => new Y.XmlElement('p'),
  () => new Y.XmlFragment(), () => new Y.XmlText('x'), () => new Y.XmlHook('h')
][rnd(7)]()

// One random change somewhere in a document of every kind of content.
const change = (d, rnd) => {
  const array = d.getArray('array'); const map = d.getMap('map'); const xml = d.getXmlFragment('xml')
  const pick = list => list[rnd(list.length)]
  const arrays = [array, ...array.toArray().filter(v => v instanceof Y.Array)]
  const maps = [map, ...[...map.values()].filter(v => v instanceof Y.Map)]
  const value = () => rnd(3) ? anyValue(rnd) : sharedType(rnd)
  const elements = [xml, ...xml.toArray().filter(v => v instanceof Y.XmlElement)]
  switch (rnd(8)) {
    case 0: case 1: { const a = pick(arrays); a.insert(rnd(a.length + 1), Array.from({ length: 1 + rnd(3) }, () => { const v = value() ?? null; return typeof v === 'bigint' ? [v] : v })); return }
    case 2: { const a = pick(arrays); if (a.length) a.delete(rnd(a.length), 1); return }
    case 3: pick(maps).set('k' + rnd(4), value()); return
    case 4: pick(maps).delete('k' + rnd(4)); return
    case 5: { const x = pick(elements); x.insert(rnd(x.length + 1), [rnd(2) ? new Y.XmlElement('e' + rnd(3)) : new Y.XmlText('t')]); return }
    case 6: { const x = pick(elements); if (x.length) x.delete(rnd(x.length), 1); return }
    case 7: { const x = pick(elements); if (x !== xml) x.setAttribute('a' + rnd(2), 'v' + rnd(9)); else d.getText('text').insert(0, 'é😀') }
  }
}

// Updates of three documents of every kind of content, and what a document
// that reads them in this order encodes.
commands.mixed = ({ seed }) => {
  const rnd = random(seed)
  const updates = []
  const all = [1, 2, 3].map(client => {
    const d = new Y.Doc()
    d.clientID = client * 1000 + rnd(1000)
    d.on('update', (update, _, __, transaction) => { if (transaction.local) updates.push(update) })
    return d
  })
  const seen = all.map(() => 0)
  for (let i = 0; i < 40; i++) {
    const who = rnd(3)
    if (rnd(3) === 0) {
      for (; seen[who] < updates.length; seen[who]++) Y.applyUpdate(all[who], updates[seen[who]])
    }
    all[who].transact(() => { for (let n = 1 + rnd(3); n > 0; n--) change(all[who], rnd) })
  }
  for (let i = updates.length - 1; i > 0; i--) {
    const j = rnd(i + 1);
    [updates[i], updates[j]] = [updates[j], updates[i]]
  }
  const d = new Y.Doc()
  const differences = []
  updates.forEach((u, i) => {
    Y.applyUpdate(d, u)
    if (i % 5 === 0) {
      const vector = Y.encodeStateVector(all[i % 3])
      const waits = d.store.pendingStructs !== null || d.store.pendingDs !== null
      differences.push({ vector: base64(vector), update: base64(Y.encodeStateAsUpdate(d, vector)), waits })
    }
  })
  return { updates: updates.map(base64), state: base64(Y.encodeStateAsUpdate(d)), vector: base64(Y.encodeStateVector(d)), differences }
}

// A session of one mode: its updates in a shuffled order, and all that yjs
// says of a document that has read them.
const modes = makeModes(Y, anyValue)
commands.play = ({ seed, mode, keep }) => {
  const rnd = random(seed)
  const { roots, change } = modes[mode]
  const updates = []
  const snapshots = []
  const all = [1, 2, 3].map(() => {
    const d = new Y.Doc({ gc: !keep })
    d.clientID = 2 ** 31 + rnd(2 ** 31)
    d.on('update', (update, _, __, transaction) => { if (transaction.local) updates.push([update]) })
    d.on('updateV2', (update, _, __, transaction) => { if (transaction.local) updates[updates.length - 1].push(update) })
    Object.entries(roots).forEach(([root, kind]) => openRoot(d, root, kind))
    return d
  })
  const seen = all.map(() => 0)
  const catchUp = who => { for (; seen[who] < updates.length; seen[who]++) Y.applyUpdate(all[who], updates[seen[who]][0]) }
  for (let i = 0; i < 30; i++) {
    const who = rnd(3)
    if (rnd(4) === 0) catchUp(who)
    all[who].transact(() => { for (let n = 1 + rnd(3); n > 0; n--) change(all[who], rnd) })
    if (keep && i % 10 === 9) snapshots.push([all[who], Y.snapshot(all[who])])
  }
  all.forEach((_, who) => catchUp(who))
  all.forEach((_, who) => catchUp(who)) // what the others cleaned up
  for (let i = updates.length - 1; i > 0; i--) {
    const j = rnd(i + 1);
    [updates[i], updates[j]] = [updates[j], updates[i]]
  }
  const d = new Y.Doc({ gc: !keep })
  updates.forEach(([u]) => Y.applyUpdate(d, u))
  const waits = d.store.pendingStructs !== null || d.store.pendingDs !== null
  const [v1, v2] = [updates.map(u => u[0]), updates.map(u => u[1])]
  const merged = Y.mergeUpdates(v1)
  if (waits) Y.applyUpdate(d, merged)
  const [state, stateV2] = [Y.encodeStateAsUpdate(d), Y.encodeStateAsUpdateV2(d)]
  const known = Y.encodeStateVectorFromUpdate(v1[rnd(v1.length)])
  const said = {
    updates: v1.map(base64), updatesV2: v2.map(base64), waits,
    state: base64(state), stateV2: base64(stateV2), vector: base64(Y.encodeStateVector(d)),
    merged: base64(merged), mergedV2: base64(Y.mergeUpdatesV2(v2)),
    known: base64(known), difference: base64(Y.diffUpdate(merged, known)), mergedVector: base64(Y.encodeStateVectorFromUpdate(merged)),
    asV2: base64(Y.convertUpdateFormatV1ToV2(state)), asV1: base64(Y.convertUpdateFormatV2ToV1(stateV2)),
    roots: Object.fromEntries(Object.entries(roots).map(([root, kind]) => {
      const type = openRoot(d, root, kind)
      return [root, { type: kind, value: json(type.toJSON()), delta: kind === 'text' ? json(type.toDelta()) : undefined }]
    }))
  }
  if (keep) {
    const text = d.getText('motion')
    said.snapshots = snapshots.map(([of, s]) => ({
      bytes: base64(Y.encodeSnapshot(s)), bytesV2: base64(Y.encodeSnapshotV2(s)),
      delta: json(of.getText('motion').toDelta(s)), later: json(text.toDelta(s))
    }))
    said.positions = Array.from({ length: 10 }, () => {
      const at = rnd(text.length + 1)
      const assoc = rnd(2) - 1
      const p = Y.createRelativePositionFromTypeIndex(text, at, assoc)
      const there = new Y.Doc({ gc: false })
      v1.slice(0, v1.length / 2).forEach(u => Y.applyUpdate(there, u))
      there.getText('motion')
      const resolve = doc => { const a = Y.createAbsolutePositionFromRelativePosition(p, doc); return a && a.type === doc.getText('motion') ? a.index : -1 }
      return { at, assoc, bytes: base64(Y.encodeRelativePosition(p)), here: resolve(d), there: resolve(there) }
    })
  }
  return said
}

// What a document reads in updates of either format.
commands.roots = ({ updates, format, mode }) => {
  const d = new Y.Doc()
  updates.forEach(u => (format === 2 ? Y.applyUpdateV2 : Y.applyUpdate)(d, bytes(u)))
  return {
    state: base64(Y.encodeStateAsUpdate(d)),
    roots: Object.fromEntries(Object.entries(modes[mode].roots).map(([root, kind]) => {
      const type = openRoot(d, root, kind)
      return [root, { type: kind, value: json(type.toJSON()), delta: kind === 'text' ? json(type.toDelta()) : undefined }]
    }))
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const results = JSON.parse(line).map(c => {
    try { return { ok: commands[c.cmd](c) ?? null } } catch (e) { return { error: String(e) } }
  })
  process.stdout.write(JSON.stringify(results) + '\n')
}
