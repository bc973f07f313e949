// Documents of npm's yjs, driven line by line: each line of stdin is a JSON
// array of commands, each line of stdout the array of their results.
// Usage: node yjs.mjs NODE_MODULES
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

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
  // What a fresh document reads from updates.
  load: ({ updates, root }) => {
    const d = new Y.Doc()
    updates.forEach(u => Y.applyUpdate(d, bytes(u)))
    return read(d, d.getText(root))
  },
  state: ({ doc, vector }) => base64(Y.encodeStateAsUpdate(docs.get(doc).d, vector == null ? undefined : bytes(vector))),
  merge: ({ updates }) => base64(Y.mergeUpdates(updates.map(bytes)))
}

for await (const line of createInterface({ input: process.stdin })) {
  const results = JSON.parse(line).map(c => {
    try { return { ok: commands[c.cmd](c) ?? null } } catch (e) { return { error: String(e) } }
  })
  process.stdout.write(JSON.stringify(results) + '\n')
}
