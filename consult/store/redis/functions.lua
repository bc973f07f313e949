-- Numbers stay below 2^53, where a double counts exactly; %.0f writes them whole.
local function whole(n) return string.format('%.0f', n) end

-- keys: head, journal, data
-- args: expected seq, expected hash, new hash, time, number of facts,
--       then raw and salted of each, then the seqs to erase
-- 1: kept; 0: the head has moved
local function append(keys, args)
  local head = redis.call('HMGET', keys[1], 'seq', 'hash')
  if (head[1] or '0') ~= args[1] or (head[2] or string.rep('\0', 32)) ~= args[2] then return 0 end
  local seq, count = tonumber(args[1]), tonumber(args[5])
  for i = 1, count do
    seq = seq + 1
    redis.call('XADD', keys[2], whole(seq) .. '-0', 'h', args[4 + 2 * i])
    redis.call('HSET', keys[3], whole(seq), args[5 + 2 * i])
  end
  if count > 0 then
    redis.call('HSET', keys[1], 'seq', whole(seq), 'hash', args[3], 'time', args[4])
  end
  for i = 6 + 2 * count, #args do redis.call('HDEL', keys[3], args[i]) end
  return 1
end

-- keys: document, last number, token
-- args: author, update and sum of each entry
-- the number of the last
local function push(keys, args)
  local before = redis.call('GET', keys[3])
  if before then return before end
  local n = tonumber(redis.call('GET', keys[2]) or '0')
  for i = 1, #args, 3 do
    n = n + 1
    redis.call('XADD', keys[1], whole(n) .. '-0', 'a', args[i], 'u', args[i + 1], 's', args[i + 2])
  end
  redis.call('SET', keys[2], whole(n))
  redis.call('SET', keys[3], whole(n), 'PX', 600000)
  return whole(n)
end

-- keys: document, last number, checkpoint
-- args: number, encoded checkpoint
-- An entry that XTRIM or XDEL takes out of a stream stays in its listpack, and
-- so in the snapshot that an append-only file begins with. Hence the stream is
-- made anew.
local function checkpoint(keys, args)
  local number = tonumber(args[1])
  if tonumber(redis.call('HGET', keys[3], 'n') or '0') > number then return 0 end
  redis.call('HSET', keys[3], 'n', args[1], 'v', args[2])
  if tonumber(redis.call('GET', keys[2]) or '0') < number then redis.call('SET', keys[2], args[1]) end
  local rest = redis.call('XRANGE', keys[1], whole(number + 1) .. '-0', '+')
  redis.call('DEL', keys[1])
  for _, entry in ipairs(rest) do redis.call('XADD', keys[1], entry[1], unpack(entry[2])) end
  return 1
end

redis.register_function('LIBRARY_append', append)
redis.register_function('LIBRARY_push', push)
redis.register_function('LIBRARY_checkpoint', checkpoint)
