require "result"

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

local number = 0

function request()
   number = number + 1
   return wrk.format(nil, nil, nil, '{"title":"Created ' .. number
      .. '","message":"lorem ipsum one two three","origin":"benchmark","topic":"t","targetUsers":["default/u'
      .. (number % 1000) .. '"]}')
end
