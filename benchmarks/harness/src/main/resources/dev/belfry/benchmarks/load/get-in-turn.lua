-- Each request is that of another reader. The arguments are their Authorization headers.
require "result"

local authorizations
local number = 0

function init(args)
   authorizations = args
end

function request()
   number = number % #authorizations + 1
   return wrk.format(nil, nil, {Authorization = authorizations[number]})
end
