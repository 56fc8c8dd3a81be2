-- Messages that differ in their number and, where it is asked for, in whom they name.
require "result"

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

local number = 0

-- targets: from a number to the members of the JSON that name somebody, with a comma before them; or nothing
function create(targets)
   function request()
      number = number + 1
      return wrk.format(nil, nil, nil, '{"title":"Created ' .. number
         .. '","message":"lorem ipsum one two three","origin":"benchmark","topic":"t"' .. targets(number) .. '}')
   end
end
