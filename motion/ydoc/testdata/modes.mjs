// Seeded sessions of three yjs writers, for each mode of what a document
// holds. yjs.mjs plays them and says what yjs reads in the end.
export const modes = (Y, anyValue) => {
  const words = ['a', 'bc', 'Égalité ', '👩‍🌾', '😀', 'l’eau', '\n', 'mot ']
  const pick = (rnd, list) => list[rnd(list.length)]

  const attributes = rnd => pick(rnd, [
    { strong: true }, { strong: null }, { em: true }, { em: null }, { link: { href: '#é', n: 1.5, z: null } }, { link: null },
    { b: 'axis|2' }, { 'cite--1': true, em: true }, { list: [1, null, 'x'] }, { ychange: { user: 1 } }
  ])
  const at = (rnd, text) => {
    const s = text.toDelta().map(op => typeof op.insert === 'string' ? op.insert : '.').join('')
    const i = rnd(s.length + 1)
    return i > 0 && i < s.length && s.codePointAt(i - 1) > 0xffff ? i + 1 : i // not within a pair
  }
  const range = (rnd, text) => {
    const [a, b] = [at(rnd, text), at(rnd, text)]
    return [Math.min(a, b), Math.abs(a - b)]
  }
  const plain = (rnd, text) => {
    if (rnd(3) === 0 && text.length) return text.delete(...range(rnd, text))
    text.insert(at(rnd, text), pick(rnd, words))
  }
  const rich = (rnd, text) => {
    switch (rnd(6)) {
      case 0: return text.insert(at(rnd, text), pick(rnd, words), attributes(rnd))
      case 1: return text.insertEmbed(at(rnd, text), pick(rnd, [{ image: 'é.png', size: [1, 2.5, null] }, { n: 1e21 }, {}]), rnd(2) ? attributes(rnd) : {})
      case 2: case 3: { const [i, n] = range(rnd, text); if (n) text.format(i, n, attributes(rnd)); return }
      case 4: return plain(rnd, text)
      case 5: { const [i] = range(rnd, text); text.applyDelta([...(i ? [{ retain: i }] : []), { insert: pick(rnd, words), attributes: attributes(rnd) }]) }
    }
  }

  // All types of one class within a type.
  const within = (type, found = []) => {
    found.push(type)
    const inside = type instanceof Y.Map || type instanceof Y.XmlHook
      ? [...type.values()]
      : type instanceof Y.Array || type instanceof Y.XmlFragment
        ? type.toArray()
        : type.toDelta ? type.toDelta().map(op => op.insert) : []
    inside.filter(v => v instanceof Y.AbstractType).forEach(v => within(v, found))
    return found
  }
  const value = rnd => { const v = anyValue(rnd); return v === undefined || typeof v === 'bigint' ? null : v }
  const sharedType = rnd => pick(rnd, [
    () => new Y.Array(), () => new Y.Map([['k', value(rnd)]]), () => new Y.Text('é😀'), () => new Y.XmlElement('Pé'),
    () => new Y.XmlFragment(), () => new Y.XmlText('x'), () => new Y.XmlHook('h')
  ])()
  const inArray = (rnd, a, make) => rnd(3) === 0 && a.length
    ? a.delete(rnd(a.length), 1)
    : a.insert(rnd(a.length + 1), Array.from({ length: 1 + rnd(3) }, make))
  const inMap = (rnd, m, make) => rnd(4) === 0 ? m.delete('k' + rnd(4)) : m.set(pick(rnd, ['k0', 'k1', 'é', '7', '10']), make())
  const inXml = (rnd, x) => {
    if (x instanceof Y.XmlText) return rich(rnd, x)
    if (x instanceof Y.XmlHook) return inMap(rnd, x, () => anyValue(rnd))
    if (x instanceof Y.XmlElement && rnd(3) === 0) {
      return rnd(4) ? x.setAttribute(pick(rnd, ['class', 'Z', 'é', 'ﬀ', '😀']), pick(rnd, ['v', 'é"<', 1, -0.5, true, null, { a: 1 }, [1, null, 'x']])) : x.removeAttribute('class')
    }
    if (rnd(4) === 0 && x.length) return x.delete(rnd(x.length), 1)
    x.insert(rnd(x.length + 1), [pick(rnd, [() => new Y.XmlElement('P' + rnd(3)), () => new Y.XmlText('t é'), () => new Y.XmlText(), () => new Y.XmlHook('h')])()])
  }

  return {
    text: { roots: { motion: 'text' }, change: (d, rnd) => plain(rnd, d.getText('motion')) },
    rich: { roots: { motion: 'text' }, change: (d, rnd) => rich(rnd, d.getText('motion')) },
    xml: { roots: { xml: 'xml' }, change: (d, rnd) => inXml(rnd, pick(rnd, within(d.getXmlFragment('xml')))) },
    'map and array': {
      roots: { map: 'map', array: 'array' },
      change: (d, rnd) => rnd(2)
        ? inMap(rnd, d.getMap('map'), () => anyValue(rnd))
        : inArray(rnd, d.getArray('array'), () => { const v = anyValue(rnd); return v === undefined ? null : typeof v === 'bigint' ? [v] : v })
    },
    nested: {
      roots: { map: 'map', array: 'array', motion: 'text', xml: 'xml' },
      change: (d, rnd) => {
        const roots = [d.getMap('map'), d.getArray('array'), d.getText('motion'), d.getXmlFragment('xml')]
        const type = pick(rnd, within(pick(rnd, roots)))
        const make = () => rnd(2) ? value(rnd) : sharedType(rnd)
        if (type instanceof Y.XmlText || type instanceof Y.XmlElement || type instanceof Y.XmlFragment) return inXml(rnd, type)
        if (type instanceof Y.Map) return inMap(rnd, type, make)
        if (type instanceof Y.Array) return inArray(rnd, type, make)
        if (rnd(4) === 0) return type.insertEmbed(at(rnd, type), sharedType(rnd), {})
        return rich(rnd, type)
      }
    }
  }
}

export const open = (d, root, kind) => ({
  text: () => d.getText(root), xml: () => d.getXmlFragment(root), map: () => d.getMap(root), array: () => d.getArray(root)
})[kind]()

// JSON of what yjs returns: bytes as base64, bigints as numbers.
export const json = v => JSON.parse(JSON.stringify(v, function (key, now) {
  const was = this[key]
  if (was instanceof Uint8Array) return { base64: Buffer.from(was).toString('base64') }
  return typeof was === 'bigint' ? Number(BigInt.asIntN(64, was)) : now
}))
