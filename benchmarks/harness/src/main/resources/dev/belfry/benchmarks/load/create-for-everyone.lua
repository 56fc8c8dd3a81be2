require "create"

create(function() return "" end)
