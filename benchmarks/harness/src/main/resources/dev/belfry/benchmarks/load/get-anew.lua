-- Each request asks for what came after another second, long before the first message: no answer serves for the next one.
require "result"

local second = os.time() % 100000 * 10000
local address

function request()
   address = address or wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. "createdAfter="
   second = second + 1
   return wrk.format(nil, address .. os.date("!%Y-%m-%dT%H:%M:%SZ", second))
end
