// Writes frozen.json: documents encoded by yjs 13.6.33 and what yjs reads in
// them. Once released, an entry is never edited; new ones are added.
// Usage: node freeze.mjs NODE_MODULES > frozen.json
import { createRequire } from 'node:module'

const require = createRequire(process.argv[2] + '/')
const Y = require('yjs')
const base64 = bytes => Buffer.from(bytes).toString('base64')

const doc = client => { const d = new Y.Doc(); d.clientID = client; return d }
const motion = d => d.getText('motion')
const swap = (...docs) => {
  const states = docs.map(d => Y.encodeStateAsUpdate(d))
  docs.forEach(d => states.forEach(s => Y.applyUpdate(d, s)))
}

const cases = {
  empty: () => [Y.encodeStateAsUpdate(doc(1))],
  plain: () => {
    const d = doc(1)
    motion(d).insert(0, 'Le congrès demande l’égalité.')
    motion(d).delete(3, 8)
    return [Y.encodeStateAsUpdate(d)]
  },
  'blocks and marks': () => {
    const d = doc(4294967295)
    motion(d).applyDelta([
      { insert: 'Motion' }, { insert: '\n', attributes: { b: 'title|t1' } },
      { insert: 'Nous ' }, { insert: 'affirmons', attributes: { strong: true, 'cite--c1@1:0-9': true } },
      { insert: ' ceci.' }, { insert: '\n', attributes: { b: 'paragraph|p1' } }
    ])
    motion(d).format(8, 6, { em: true, link: { href: 'https://example.org/?q=é' } })
    motion(d).format(10, 3, { strong: null })
    return [Y.encodeStateAsUpdate(d)]
  },
  'concurrent marks': () => {
    const a = doc(10); const b = doc(20)
    motion(a).insert(0, 'abcdef')
    swap(a, b)
    motion(a).format(0, 4, { strong: true }); motion(b).format(2, 4, { strong: true })
    motion(a).format(1, 2, { em: true }); motion(b).format(1, 3, { em: null })
    motion(a).insert(2, 'X'); motion(b).insert(2, 'Y')
    swap(a, b)
    return [Y.encodeStateAsUpdate(a)]
  },
  'cut surrogate pair': () => {
    const d = doc(1)
    motion(d).insert(0, 'a😀b👩‍🌾c')
    motion(d).delete(2, 1)
    return [Y.encodeStateAsUpdate(d)]
  },
  embeds: () => {
    const d = doc(1)
    motion(d).insert(0, 'ab')
    motion(d).insertEmbed(1, { image: 'é.png', size: [1, 2.5, null] }, { width: 1e21 })
    return [Y.encodeStateAsUpdate(d)]
  },
  'every type': () => {
    const d = doc(1)
    d.getArray('array').insert(0, [1, 'é', null, [true, { a: -0.5 }], new Uint8Array([1, 2]), new Y.Map([['k', 2 ** 40]])])
    d.getMap('map').set('a', 1); d.getMap('map').set('a', undefined); d.getMap('map').set('big', -1n)
    const p = new Y.XmlElement('p')
    d.getXmlFragment('xml').insert(0, [p, new Y.XmlText('t'), new Y.XmlHook('h')])
    p.setAttribute('lang', 'fr')
    d.getXmlFragment('xml').delete(1, 1)
    motion(d).insert(0, 'x')
    return [Y.encodeStateAsUpdate(d)]
  },
  'out of order': () => {
    const d = doc(1); const updates = []
    d.on('update', u => updates.push(u))
    ;['un ', 'deux ', 'trois'].forEach(s => motion(d).insert(motion(d).length, s))
    motion(d).delete(0, 3)
    return updates.reverse()
  },
  'a gap': () => {
    const d = doc(1); const updates = []
    d.on('update', u => updates.push(u))
    ;['un ', 'deux ', 'trois'].forEach(s => motion(d).insert(motion(d).length, s))
    return [Y.mergeUpdates([updates[0], updates[2]])]
  }
}

const frozen = Object.entries(cases).map(([name, make]) => {
  const updates = make()
  const d = new Y.Doc()
  updates.forEach(u => Y.applyUpdate(d, u))
  const text = motion(d)
  return {
    name,
    updates: updates.map(base64),
    text: text.toString(),
    delta: text.toDelta(),
    vector: base64(Y.encodeStateVector(d)),
    state: base64(Y.encodeStateAsUpdate(d))
  }
})
console.log(JSON.stringify(frozen, null, 1))
